"""Kafka's codecs by the system's own libraries, in the forms in which clients write them. Not the broker's code, and not bounded."""
import ctypes
import functools
import gzip
import struct
import zlib

NAMES = ["none", "gzip", "snappy", "lz4", "zstd"]
XERIAL = b"\x82SNAPPY\x00" + struct.pack(">ii", 1, 1)
LZ4_MAGIC, ZSTD_MAGIC = b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd"


@functools.cache
def _library(name):
    lib = ctypes.CDLL(name)
    for function in ("ZSTD_compress", "ZSTD_decompress", "ZSTD_compressBound", "LZ4F_compressFrame", "LZ4F_compressFrameBound",
                     "LZ4F_decompress", "snappy_max_compressed_length"):
        if hasattr(lib, function):
            getattr(lib, function).restype = ctypes.c_size_t
    return lib


class _Lz4Preferences(ctypes.Structure):
    """LZ4F_preferences_t: the first field is the block size (4: 64 KiB), the second the mode (1: independent)."""

    _fields_ = [("block", ctypes.c_int), ("independent", ctypes.c_int), ("checksum", ctypes.c_int), ("type", ctypes.c_int),
                ("size", ctypes.c_ulonglong), ("dictionary", ctypes.c_uint), ("block_checksum", ctypes.c_int),
                ("level", ctypes.c_int), ("flush", ctypes.c_uint), ("speed", ctypes.c_uint), ("reserved", ctypes.c_uint * 3)]


def _snappy_block(data):
    lib = _library("libsnappy.so.1")
    room = ctypes.c_size_t(lib.snappy_max_compressed_length(ctypes.c_size_t(len(data))))
    out = ctypes.create_string_buffer(room.value)
    assert lib.snappy_compress(bytes(data), ctypes.c_size_t(len(data)), out, ctypes.byref(room)) == 0
    return ctypes.string_at(out, room.value)


def _snappy_open(data):
    lib = _library("libsnappy.so.1")
    size = ctypes.c_size_t()
    assert lib.snappy_uncompressed_length(bytes(data), ctypes.c_size_t(len(data)), ctypes.byref(size)) == 0, "snappy length"
    out = ctypes.create_string_buffer(size.value or 1)
    assert lib.snappy_uncompress(bytes(data), ctypes.c_size_t(len(data)), out, ctypes.byref(size)) == 0, "snappy block"
    return ctypes.string_at(out, size.value)


def pack(codec, data, level=None, bare_snappy=False):
    if codec == 0:
        return data
    if codec == 1:
        return gzip.compress(data, 6 if level is None else level, mtime=0)
    if codec == 2:
        if bare_snappy:
            return _snappy_block(data)
        blocks = (_snappy_block(data[i : i + 32768]) for i in range(0, len(data), 32768))
        return XERIAL + b"".join(struct.pack(">i", len(b)) + b for b in blocks)
    if codec == 3:
        lib = _library("liblz4.so.1")
        how = _Lz4Preferences(block=4, independent=1, level=level or 0)
        out = ctypes.create_string_buffer(lib.LZ4F_compressFrameBound(ctypes.c_size_t(len(data)), ctypes.byref(how)))
        made = lib.LZ4F_compressFrame(out, ctypes.c_size_t(len(out)), data, ctypes.c_size_t(len(data)), ctypes.byref(how))
        return ctypes.string_at(out, made)
    lib = _library("libzstd.so.1")
    out = ctypes.create_string_buffer(lib.ZSTD_compressBound(ctypes.c_size_t(len(data))))
    made = lib.ZSTD_compress(out, ctypes.c_size_t(len(out)), data, ctypes.c_size_t(len(data)), 3 if level is None else level)
    return ctypes.string_at(out, made)


def unpack(codec, data, room=16 << 20):
    data = bytes(data)
    if codec == 0:
        return data
    if codec == 1:
        return zlib.decompress(data, 31)
    if codec == 2:
        if data[:8] != XERIAL[:8]:
            return _snappy_open(data)
        out, pos = [], len(XERIAL)
        while pos < len(data):
            size = struct.unpack_from(">i", data, pos)[0]
            out.append(_snappy_open(data[pos + 4 : pos + 4 + size]))
            pos += 4 + size
        return b"".join(out)
    out = ctypes.create_string_buffer(room)
    if codec == 3:
        lib = _library("liblz4.so.1")
        reader = ctypes.c_void_p()
        lib.LZ4F_createDecompressionContext(ctypes.byref(reader), 100)
        made, taken = ctypes.c_size_t(room), ctypes.c_size_t(len(data))
        left = lib.LZ4F_decompress(reader, out, ctypes.byref(made), data, ctypes.byref(taken), None)
        lib.LZ4F_freeDecompressionContext(reader)
        assert left == 0 and taken.value == len(data), "lz4 frame"
        return ctypes.string_at(out, made.value)
    lib = _library("libzstd.so.1")
    made = lib.ZSTD_decompress(out, ctypes.c_size_t(room), data, ctypes.c_size_t(len(data)))
    assert not lib.ZSTD_isError(ctypes.c_size_t(made)), "zstd frame"
    return ctypes.string_at(out, made)


def zstd_bomb(zeros):
    """One frame whose blocks each say: 128 KiB of the byte 0. Three bytes of header and one of content for each."""
    blocks = -(-zeros // (128 << 10))
    frame = [ZSTD_MAGIC, b"\x00", bytes([(17 - 10) << 3])]  # no content size, a window of 128 KiB
    full = struct.pack("<I", (128 << 10) << 3 | 1 << 1)[:3] + b"\x00"
    last = struct.pack("<I", (128 << 10) << 3 | 1 << 1 | 1)[:3] + b"\x00"
    return b"".join(frame + [full] * (blocks - 1) + [last])


def bomb(codec, size_max):
    """About size_max bytes that unpack to as much as the codec's form allows, and how much that is."""
    if codec == 4:
        blocks = size_max // 4 - 4
        return zstd_bomb(blocks * (128 << 10)), blocks * (128 << 10)
    if codec == 1:  # members may stand in a row
        one = pack(1, bytes(16 << 20), 9)
        return one * (size_max // len(one)), (16 << 20) * (size_max // len(one))
    zeros = bytes(1 << 20)
    one = pack(codec, zeros)
    if codec == 3:  # blocks of a frame follow its header of 7 bytes; the end mark is 4 zeros
        times = size_max // len(one)
        return one[:7] + one[7:-4] * times + bytes(4), len(zeros) * times
    times = size_max // len(one)
    return XERIAL + one[len(XERIAL):] * times, len(zeros) * times
