"""Writes tiny.h5: a small whole model in the very layout in which Keras 2 saves one (h5py, earliest file format).

Tests read it where no real weight file is at hand, and the launcher's build reads it once to learn which classes a run
needs. Run: python3 make_tiny.py
"""
import json
import h5py
import numpy as np

random = np.random.RandomState(1)
layers, datasets, last = [], [], None


def add(kind, name, weights=(), **config):
    global last
    inbound = [] if last is None else [[[last, 0, 0, {}]]]
    layers.append({'class_name': kind, 'config': dict(config, name=name), 'name': name, 'inbound_nodes': inbound})
    datasets.append((name, [('%s/%s:0' % (name, w), random.uniform(-.5, .5, shape).astype('f4') + (w in ('gamma', 'moving_variance')))
                            for w, shape in weights]))
    last = name


def norm(name, channels):
    add('BatchNormalization', name, [(w, (channels,)) for w in ('gamma', 'beta', 'moving_mean', 'moving_variance')],
        axis=[3], momentum=.99, epsilon=1e-3, center=True, scale=True)


add('InputLayer', 'input_1', batch_input_shape=[None, 32, 32, 3])
add('Conv2D', 'conv1', [('kernel', (3, 3, 3, 8))], filters=8, kernel_size=[3, 3], strides=[2, 2], padding='same', use_bias=False, activation='linear')
norm('conv1_bn', 8)
add('ReLU', 'conv1_relu', max_value=6.0)
add('DepthwiseConv2D', 'conv_dw_1', [('depthwise_kernel', (3, 3, 8, 1))], kernel_size=[3, 3], strides=[1, 1], padding='same', depth_multiplier=1,
    use_bias=False, activation='linear')
norm('conv_dw_1_bn', 8)
add('ReLU', 'conv_dw_1_relu', max_value=6.0)
add('GlobalAveragePooling2D', 'pool')
add('Dropout', 'dropout', rate=.1)
add('Dense', 'predictions', [('kernel', (8, 3)), ('bias', (3,))], units=3, use_bias=True, activation='softmax')

with h5py.File('tiny.h5', 'w', libver='earliest') as file:
    file.attrs['backend'], file.attrs['keras_version'] = 'tensorflow', '2.4.0'
    file.attrs['model_config'] = json.dumps({'class_name': 'Functional', 'config': {
        'name': 'tiny', 'layers': layers, 'input_layers': [['input_1', 0, 0]], 'output_layers': [[last, 0, 0]]}})
    root = file.create_group('model_weights')
    root.attrs['layer_names'] = np.array([name for name, _ in datasets], 'S')
    for name, weights in datasets:
        group = root.create_group(name)
        group.attrs['weight_names'] = np.array([w for w, _ in weights], 'S') if weights else np.empty(0)
        for weight, values in weights:
            group.create_dataset(weight, data=values)
