"""Small models as Keras 3 writes them (h5py 3.7, earliest file format).

half.keras: a dense layer whose weights are stored in 16 bits: the kernel is bfloat16, which h5py has no type for: two bytes of
no known meaning, and an attribute that says what they are; the bias is float16. The member with the weights is packed.
small.keras, small.weights.h5: a model for pictures, with a nested one; all members are stored.
"""
import io, json, zipfile
import h5py, numpy as np


def layer(kind, name, before, **config):
    tensor = {'class_name': '__keras_tensor__', 'config': {'keras_history': [before, 0, 0]}}
    return {'module': 'keras.layers', 'class_name': kind, 'config': dict(config, name=name, trainable=True),
            'registered_name': None, 'name': name, 'inbound_nodes': [{'args': [tensor], 'kwargs': {}}] if before else []}


def functional(name, before, layers, **more):
    tensor = {'class_name': '__keras_tensor__', 'config': {'keras_history': [before, 0, 0]}}
    config = {'name': name, 'trainable': True, 'layers': layers, 'input_layers': [[layers[0]['name'], 0, 0]],
              'output_layers': [[layers[-1]['name'], 0, 0]]}
    return dict({'module': 'keras.src.models.functional', 'class_name': 'Functional', 'registered_name': 'Functional', 'name': name,
                 'config': config, 'inbound_nodes': [{'args': [tensor], 'kwargs': {}}] if before else []}, **more)


def weights(groups):
    buffer = io.BytesIO()
    with h5py.File(buffer, 'w') as f:
        for path, name, arrays in groups:
            variables = f.create_group(path + '/vars')
            variables.attrs['name'] = name
            for i, (array, dtype) in enumerate(arrays):
                dataset = variables.create_dataset(str(i), data=array)
                if dtype:
                    dataset.attrs['dtype'] = dtype
    return buffer.getvalue()


def archive(file, config, content, packing, **metadata):
    with zipfile.ZipFile(file, 'w') as z:
        z.writestr(zipfile.ZipInfo('metadata.json'), json.dumps(dict(metadata, keras_version='3.8.0')))
        z.writestr(zipfile.ZipInfo('config.json'), json.dumps(config))
        z.writestr(zipfile.ZipInfo('model.weights.h5'), content, packing)


kernel = np.array([[1.0, -2.5], [0.15625, 3.0e38], [0.0, 1.0e-38]], np.float32)
halves = (kernel.view(np.uint32) >> 16).astype(np.uint16).view('V2')
archive('half.keras',
        functional('half', None, [layer('InputLayer', 'i', None, batch_shape=[None, 3]),
                                  layer('Dense', 'd', 'i', units=2, activation='softmax', use_bias=True)],
                   compile_config={'loss': {'module': 'keras.losses', 'class_name': 'CategoricalCrossentropy',
                                            'config': {'from_logits': True}}}),
        weights([('', 'half', []), ('layers/dense', 'd', [(halves, 'bfloat16'), (np.array([.5, -.25], np.float16), '')])]),
        zipfile.ZIP_DEFLATED, cnn_scaling='0..1', cnn_classes=['a', 'b'])

random = np.random.RandomState(1)


def of(*shape):
    return random.uniform(-.5, .5, shape).astype('f4'), ''


base = functional('base', 'pixels', [
    layer('InputLayer', 'inner', None, batch_shape=[None, 16, 16, 3]),
    layer('Conv2D', 'conv', 'inner', filters=4, kernel_size=[3, 3], strides=[2, 2], padding='same', use_bias=True, activation='relu'),
    layer('BatchNormalization', 'norm', 'conv', axis=-1, epsilon=1e-3),
    layer('DepthwiseConv2D', 'dw', 'norm', kernel_size=[3, 3], depth_multiplier=1, use_bias=False, activation='relu')])
model = functional('small', None, [
    layer('InputLayer', 'pixels', None, batch_shape=[None, 16, 16, 3]), base,
    layer('GlobalAveragePooling2D', 'pooled', 'base'),
    layer('Dense', 'out', 'pooled', units=3, activation='softmax', use_bias=True)])
content = weights([
    ('', 'small', []), ('layers/input_layer', 'pixels', []), ('layers/functional', 'base', []),
    ('layers/functional/layers/conv2d', 'conv', [of(3, 3, 3, 4), of(4)]),
    ('layers/functional/layers/batch_normalization', 'norm', [of(4), of(4), of(4), (np.ones(4, 'f4'), '')]),
    ('layers/functional/layers/depthwise_conv2d', 'dw', [of(3, 3, 4, 1)]),
    ('layers/global_average_pooling2d', 'pooled', []), ('layers/dense', 'out', [of(4, 3), of(3)])])
archive('small.keras', model, content, zipfile.ZIP_STORED)
open('small.weights.h5', 'wb').write(content)
