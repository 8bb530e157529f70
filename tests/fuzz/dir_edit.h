/* tests/fuzz/dir_edit.h - what an input does to a directory's files.
 *
 * A script is a row of edits, each
 *   u8   bits 0-4 what (modulo EDITS), bit 7: the file's checksums shall fit afterwards, bit 6: also those of
 *        batches inside its journal blocks
 *   u8   which file, modulo how many there are
 *   ...  as EDIT_x says below. A place is u16: 65536ths of the file.
 * What is missing at the end is zeros. */
#ifndef FUZZ_DIR_EDIT_H
#define FUZZ_DIR_EDIT_H

#include "tests/fuzz/dir_image.h"

enum dir_edit {
    EDIT_FIELD,  /* u8 piece, u16 which number, u8 how, u8 x: a number that a parser relies on */
    EDIT_XOR,    /* place, u8 mask */
    EDIT_PUT,    /* place, u8 count (1 to 16), bytes */
    EDIT_FILL,   /* place, u16 count, u8 value */
    EDIT_CUT,    /* place */
    EDIT_GROW,   /* u16 count, u8 value */
    EDIT_INSERT, /* place, u8 count, u8 value */
    EDIT_DELETE, /* place, u16 count */
    EDIT_COPY,   /* place, u8 file and place to copy from, u16 count */
    EDIT_SECTOR, /* the same in whole sectors: place, u8 file, place */
    EDIT_REMOVE, /* the file is not there */
    EDIT_SWAP,   /* u8 file: each has the other's bytes */
    EDIT_RENAME, /* u8 name: a copy of it has that name, and the file is gone when bit 7 of the name is set */
    EDIT_MOVE,   /* u8 name: all files of its directory are in that one */
    EDIT_WORD,   /* u16 which word of a text, u8 word */
    EDIT_REPEAT, /* u16 which line of a text: it is there twice */
    EDIT_BAD,    /* place, u16 count: the disk cannot read it */
    EDITS
};

enum { DIR_SCRIPT_EDITS_MAX = 64 };

void dir_edit(struct dir *d, struct mr_slice script);
/* A script from a seed: one to four edits. Its length, at most cap. */
size_t dir_script(uint64_t seed, uint8_t *to, size_t cap);

#endif
