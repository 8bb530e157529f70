/* igzip packs from one address only. Its levels 1 and 2 (isa-l 2.30 to 2.32, igzip_icf_body_h1_gr_bt.asm, at
 * .write_first_byte) hash the third byte of the input from a register that holds the address of struct
 * isal_zstream instead, bits 16 to 47 of it. The output is sound, but one input in a thousand becomes a byte
 * longer or shorter from one address to the next, and a simulated disk has other bytes, and more or fewer. So
 * each call works on a copy, at an address that is the same in all processes. The program itself may live
 * with what comes: no promise of its depends on it. */
#include <isa-l/igzip_lib.h>
#include <sys/mman.h>

#include "tests/sim/lib/sim_priv.h"

/* Free in each process: below where the kernel begins to place mappings, and in what AddressSanitizer and
 * ThreadSanitizer leave to a program. */
#define PLACE ((void *)0x7e9000000000)

int __real_isal_deflate(struct isal_zstream *stream);
int __wrap_isal_deflate(struct isal_zstream *stream);

int __wrap_isal_deflate(struct isal_zstream *stream)
{
    static struct isal_zstream
        *copy; /* made once, and never given back: its pages are in use again at once */
    if (copy == NULL)
        copy = mmap(PLACE, sizeof(*copy), PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    MR_ASSERT(copy == PLACE);
    *copy = *stream;
    int err = __real_isal_deflate(copy);
    *stream = *copy;
    return err;
}
