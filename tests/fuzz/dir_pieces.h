/* tests/fuzz/dir_pieces.h - what the files of a log directory consist of, as far as they can be read: where a
 * number stands that a parser relies on, and what checksums cover. */
#ifndef FUZZ_DIR_PIECES_H
#define FUZZ_DIR_PIECES_H

#include "tests/fuzz/dir_image.h"

enum dir_piece {
    PIECE_BATCH,
    PIECE_BLOCK, /* of a journal: header and entries, without padding */
    PIECE_ENTRY, /* its head and body */
    PIECE_CHECKPOINT,
    PIECE_RECORD, /* of a partition, its parts included */
    PIECE_SEGMENT,
    PIECE_EPOCH,
    PIECE_TXN,
    PIECE_PRODUCERS, /* a snapshot, Kafka's or of a record, with its head */
    PIECE_PRODUCER,
    PIECE_INDEX, /* entries */
    PIECE_TIMES,
    PIECE_TXNS,
    DIR_PIECES
};

/* Every piece of the file, the inner ones before those that hold them. see() may change bytes of the piece,
 * but none that say how long something is. */
void dir_pieces(const struct dir_file *f, void (*see)(void *ctx, enum dir_piece piece, size_t at, size_t len),
                void *ctx);

struct dir_field {
    size_t at;
    uint8_t width; /* bytes */
};
/* The n-th number, modulo how many there are, in pieces of that kind. False: the file has none. */
bool dir_field(const struct dir_file *f, enum dir_piece piece, uint32_t n, struct dir_field *ret);

/* Make the checksums of all files fit that say so: of producers, checkpoints, journal blocks (and who names
 * the checksum of a block, the block after it or a checkpoint), the session; of segments' batches, and with
 * seal_inner those in journals. */
void dir_seal(struct dir *d);

#endif
