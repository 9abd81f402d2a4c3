"""Writes elsewhere.zip: files whose weights lie, or seem to lie, in other files (refused-*), and files that lie in
themselves in unusual ways (read-*). Each holds the layer d of plain.h5, in the layout in which Keras 2 saves weights.

Needs h5py 3. Run: python3 make_elsewhere.py
"""
import os
import tempfile
import zipfile

import h5py
import numpy as np

KERNEL = np.arange(6, dtype='f4').reshape(2, 3)
D = 'd/d/kernel:0'
files = []


def write(name, change, whole=False, libver='earliest', patch=None):
    with h5py.File(name, 'w', libver=libver) as file:
        root = file.create_group('model_weights') if whole else file
        root.attrs['layer_names'] = np.array(['d'], 'S')
        layer = root.create_group('d')
        layer.attrs['weight_names'] = np.array(['d/kernel:0', 'd/bias:0'], 'S')
        layer.create_dataset('d/kernel:0', data=KERNEL)
        layer.create_dataset('d/bias:0', data=np.ones(3, 'f4'))
        change(file, root)
    if patch:
        content = open(name, 'rb').read()
        assert content.count(patch[0]) == 1
        open(name, 'wb').write(content.replace(*patch))
    files.append(name)


def replaced(value):
    def change(file, root):
        del root[D]
        root[D] = value
    return change


def group(path, value):
    def change(file, root):
        del root[path]
        root[path] = value
    return change


def dense(file, root):
    inner = root['d/d']
    del inner['kernel:0']
    for i in range(20):
        inner['soft%d' % i] = h5py.SoftLink('/nowhere')
    inner['kernel:0'] = h5py.ExternalLink('plain.h5', D)


def storage(file, root):
    del root[D]
    root.create_dataset(D, shape=(2, 3), dtype='f4', external=[('kernel.bin', 0, 24)])


def virtual(source):
    def change(file, root):
        layout = h5py.VirtualLayout(shape=(2, 3), dtype='f4')
        layout[...] = h5py.VirtualSource(source, '/' + D, shape=(2, 3))
        del root[D]
        root.create_virtual_dataset(D, layout)
    return change


def by_way_of(file, root):
    file['far'] = h5py.ExternalLink('plain.h5', '/')
    replaced(h5py.SoftLink('/far/' + D))(file, root)


def committed(file, root):
    file['type'] = np.dtype('f4')
    del root[D]
    root.create_dataset(D, data=KERNEL, dtype=file['type'])


def circle(file, root):
    file['one'], file['two'] = h5py.SoftLink('/two'), h5py.SoftLink('/one')
    replaced(h5py.SoftLink('/one'))(file, root)


def kept(file, root):
    root.move(D, 'd/kept')
    root[D] = h5py.SoftLink(root.name.rstrip('/') + '/d/kept')


def relative(file, root):
    root['d/d'].move('kernel:0', 'k')
    root[D] = h5py.SoftLink('k')


def hidden(file, root):
    root.move('d', 'hidden')
    root['d'] = h5py.SoftLink('hidden')


def ladder(file, root):
    rung = root['d/d'].create_group('ladder')
    for _ in range(40):
        below = rung.create_group('a')
        rung['b'] = below
        rung = below
    rung['top'] = root


os.chdir(tempfile.mkdtemp())
far = h5py.ExternalLink('plain.h5', D)
write('plain.h5', lambda file, root: None)
write('refused-dataset.h5', replaced(far))
write('refused-dataset-new.h5', replaced(far), libver='latest')
write('refused-dataset-whole.h5', replaced(far), whole=True)
write('refused-dataset-absent.h5', replaced(h5py.ExternalLink('nowhere.h5', D)))
write('refused-dataset-absolute.h5', replaced(h5py.ExternalLink('/dev/stdin', D)))
write('refused-inner-group.h5', group('d/d', h5py.ExternalLink('plain.h5', 'd/d')))
write('refused-inner-group-new.h5', group('d/d', h5py.ExternalLink('plain.h5', 'd/d')), libver='latest')
write('refused-layer.h5', group('d', h5py.ExternalLink('plain.h5', 'd')))
write('refused-all-weights.h5', lambda file, root: group('/model_weights', h5py.ExternalLink('plain.h5', '/'))(file, file),
      whole=True)
write('refused-many-links.h5', dense, libver='latest')
write('refused-by-way-of-a-soft-link.h5', by_way_of)
write('refused-unused.h5', lambda file, root: root.__setitem__('d/more', far))
write('refused-beside-the-weights.h5', lambda file, root: file.__setitem__('more', far), whole=True)
write('refused-storage.h5', storage)
write('refused-storage-new.h5', storage, libver='latest')
write('refused-storage-whole.h5', storage, whole=True)
write('refused-virtual.h5', virtual('plain.h5'), libver='latest')
write('refused-virtual-same-file.h5', virtual('.'), libver='latest')
# A link of type 65 is one that a program of the user's follows; the old headers have no checksum.
write('refused-user-defined-link.h5', replaced(far), patch=(b'\x01\x08\x40\x08kernel:0', b'\x01\x08\x41\x08kernel:0'))
write('refused-committed-type.h5', committed)
write('refused-circle.h5', circle)
write('refused-dangling.h5', replaced(h5py.SoftLink('/nowhere')))
for version in ('earliest', 'latest'):
    write('read-kept-%s.h5' % version, kept, libver=version)
    write('read-relative-%s.h5' % version, relative, libver=version)
    write('read-hidden-%s.h5' % version, hidden, libver=version)
write('read-ladder.h5', ladder)
write('read-compressed.h5', lambda file, root: (root.__delitem__(D), root.create_dataset(D, data=KERNEL, compression='gzip')))

place = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'elsewhere.zip')
with zipfile.ZipFile(place, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as out:
    for name in files:
        out.writestr(zipfile.ZipInfo(name), open(name, 'rb').read(), zipfile.ZIP_DEFLATED, 9)
