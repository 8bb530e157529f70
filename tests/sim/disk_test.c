/* What survives a power loss, a kill and a fault; the disk of the simulator itself. */
#include "tests/sim/disk_rig.h"

/* ---- power loss ---- */

static void what_was_flushed_survives(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct rig r;
        rig_init(&r, seed, NULL);
        struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE | IO_CREATE | IO_DIRECT);
        assert_int_equal(rig_path(&r, io_sync_dir, "/"), 0);
        assert_int_equal(rig_write(&r, f, 1, 16384, 0), 16384);
        assert_int_equal(rig_write_flush(&r, f, 2, 512, 1024), 512);
        node_power_loss(r.n);
        assert_int_equal(node_file_bytes(r.n, "/f"), 16384);
        for (uint64_t pos = 0; pos < 16384; pos += 512)
            assert_int_equal(byte_at(&r, "/f", pos), pos == 1024 ? 2 : 1);
        assert_int_equal(node_unflushed(r.n), 0);
        rig_done(&r);
    }
}

/* Each sector of an unflushed overwrite is old or new; over many seeds all, none and some are seen. */
static void unflushed_writes_are_kept_dropped_or_torn(void **state)
{
    (void)state;
    unsigned all = 0, none = 0, some = 0;
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct rig r;
        rig_init(&r, seed, NULL);
        struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE | IO_CREATE | IO_DIRECT);
        rig_path(&r, io_sync_dir, "/");
        rig_write_flush(&r, f, 1, 8192, 0);
        rig_write(&r, f, 2, 8192, 0);
        node_power_loss(r.n);
        unsigned fresh = 0;
        for (uint64_t pos = 0; pos < 8192; pos += 512) {
            uint8_t b = byte_at(&r, "/f", pos);
            assert_true(b == 1 || b == 2);
            assert_int_equal(byte_at(&r, "/f", pos + 511), b); /* a sector is never torn */
            fresh += b == 2;
        }
        all += fresh == 16;
        none += fresh == 0;
        some += fresh > 0 && fresh < 16;
        rig_done(&r);
    }
    assert_true(all > 20 && none > 20 && some > 20);
}

/* A block that was being written may hold anything afterwards; no other block may. */
static void torn_blocks_may_hold_anything(void **state)
{
    (void)state;
    unsigned strange = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct world_options o = world_options_default();
        o.torn_garbage = true;
        o.block_bytes = 4096;
        struct rig r;
        rig_init(&r, seed, &o);
        struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE | IO_CREATE);
        rig_path(&r, io_sync_dir, "/");
        rig_write_flush(&r, f, 1, 16384, 0);
        rig_write(&r, f, 2, 512, 4608);
        node_power_loss(r.n);
        for (uint64_t pos = 0; pos < 16384; pos++) {
            uint8_t b = byte_at(&r, "/f", pos);
            bool in_block = pos >= 4096 && pos < 8192;
            assert_true(in_block || b == 1);
            strange += b != 1 && b != 2;
        }
        rig_done(&r);
    }
    assert_true(strange > 4096);
}

/* Two unflushed writes of one place: old, first or second, never a third thing; the second is not undone by
 * the first when both are kept. */
static void later_writes_win_when_both_are_kept(void **state)
{
    (void)state;
    unsigned seen[4] = {0};
    for (uint64_t seed = 0; seed < 400; seed++) {
        struct world_options o = world_options_default();
        o.keep_pct = seed % 2 == 0 ? 100 : 50;
        o.torn_pct = 0;
        struct rig r;
        rig_init(&r, seed, &o);
        struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE | IO_CREATE);
        rig_path(&r, io_sync_dir, "/");
        rig_write(&r, f, 1, 100, 50);
        rig_flush(&r, f);
        rig_write(&r, f, 2, 100, 50);
        rig_write(&r, f, 3, 100, 50);
        node_power_loss(r.n);
        uint8_t b = byte_at(&r, "/f", 50);
        assert_true(b >= 1 && b <= 3);
        if (seed % 2 == 0)
            assert_int_equal(b, 3);
        seen[b]++;
        rig_done(&r);
    }
    assert_true(seen[1] > 0 && seen[2] > 0 && seen[3] > 0);
}

static void a_flush_covers_only_what_had_completed_before(void **state)
{
    (void)state;
    unsigned lost = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct world_options o = world_options_default();
        o.keep_pct = 0;
        o.torn_pct = 0;
        struct rig r;
        rig_init(&r, seed, &o);
        struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE | IO_CREATE);
        rig_path(&r, io_sync_dir, "/");
        struct mr_op flush, write;
        op_init(&flush, NULL);
        op_init(&write, NULL);
        memset(r.block, 7, 512);
        io_write(r.io, &write, f, r.block, 512, 0);
        io_flush(r.io, &flush, f); /* wrong: the write is still in flight */
        io_wait(r.io, &write);
        io_wait(r.io, &flush);
        node_power_loss(r.n);
        lost += node_file_bytes(r.n, "/f") == 0;
        rig_done(&r);
    }
    assert_int_equal(lost, 200);
}

static void one_flush_covers_the_device_when_told_so(void **state)
{
    (void)state;
    for (int covers = 0; covers < 2; covers++) {
        struct world_options o = world_options_default();
        o.flush_covers_device = covers == 1;
        o.keep_pct = 0;
        o.torn_pct = 0;
        struct rig r;
        rig_init(&r, 5, &o);
        struct mr_file f = rig_open(&r, "/f", IO_WRITE | IO_CREATE);
        struct mr_file g = rig_open(&r, "/g", IO_WRITE | IO_CREATE);
        rig_path(&r, io_sync_dir, "/");
        rig_write(&r, f, 1, 512, 0);
        rig_flush(&r, g);
        node_power_loss(r.n);
        assert_int_equal(node_file_bytes(r.n, "/f"), covers == 1 ? 512 : 0);
        rig_done(&r);
    }
}

static int64_t sync_fs(struct rig *r, struct mr_file f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_fs(r->io, &op, f);
    return io_wait(r->io, &op);
}

/* Files, sizes, entries, whoever wrote them; of what comes later nothing. */
static void a_flush_of_the_file_system_covers_all_before_it(void **state)
{
    (void)state;
    struct world_options o = world_options_default();
    o.keep_pct = o.torn_pct = 0;
    struct rig r;
    rig_init(&r, 1, &o);
    rig_path(&r, io_mkdir, "/d");
    struct mr_file f = rig_open(&r, "/d/f", IO_WRITE | IO_CREATE),
                   g = rig_open(&r, "/g", IO_WRITE | IO_CREATE);
    rig_write(&r, f, 1, 5000, 0);
    rig_write(&r, g, 2, 512, 0);
    assert_int_equal(sync_fs(&r, g), 0);
    assert_int_equal(node_unflushed(r.n), 0);
    rig_write(&r, f, 3, 5000, 5000);
    rig_path(&r, io_mkdir, "/late");
    node_power_loss(r.n);
    assert_int_equal(node_file_bytes(r.n, "/d/f"), 5000);
    assert_int_equal(byte_at(&r, "/d/f", 4999), 1);
    assert_int_equal(byte_at(&r, "/g", 511), 2);
    assert_false(node_exists(r.n, "/late"));
    rig_done(&r);
}

/* Afterwards a flush that succeeds saves nothing of what was lost. */
static void a_failed_flush_of_the_file_system_loses_some(void **state)
{
    (void)state;
    unsigned lost = 0, kept = 0;
    for (uint64_t seed = 0; seed < 100; seed++) {
        struct rig r;
        rig_init(&r, seed, NULL);
        struct mr_file f = rig_open(&r, "/f", IO_WRITE | IO_CREATE);
        rig_path(&r, io_sync_dir, "/");
        rig_write(&r, f, 1, 512, 0);
        node_fault(r.n, &(struct disk_fault){.kinds = 1u << SIM_SYNC_FS, .times = 1, .err = -EIO});
        assert_int_equal(sync_fs(&r, f), -EIO);
        assert_int_equal(sync_fs(&r, f), 0);
        node_power_loss(r.n);
        bool there = node_file_bytes(r.n, "/f") == 512 && byte_at(&r, "/f", 0) == 1;
        lost += !there;
        kept += there;
        rig_done(&r);
    }
    assert_true(lost > 10 && kept > 10);
}

static void entries_need_their_directory_synced(void **state)
{
    (void)state;
    struct world_options o = world_options_default();
    o.keep_pct = 0;
    struct rig r;
    rig_init(&r, 1, &o);
    rig_path(&r, io_mkdir, "/d");
    struct mr_file f = rig_open(&r, "/d/f", IO_WRITE | IO_CREATE);
    rig_write_flush(&r, f, 1, 512, 0);
    assert_int_equal(node_durable_bytes(r.n, "/d/f"), -ENOENT);
    rig_path(&r, io_sync_dir, "/d"); /* but not "/": the directory itself is not there */
    node_power_loss(r.n);
    assert_false(node_exists(r.n, "/d"));

    rig_boot(&r);
    rig_path(&r, io_mkdir, "/d");
    rig_path(&r, io_sync_dir, "/");
    f = rig_open(&r, "/d/f", IO_WRITE | IO_CREATE);
    rig_write_flush(&r, f, 1, 512, 0);
    rig_path(&r, io_sync_dir, "/d");
    node_power_loss(r.n);
    assert_int_equal(node_file_bytes(r.n, "/d/f"), 512);
    assert_int_equal(byte_at(&r, "/d/f", 511), 1);
    rig_done(&r);

    o.flush_commits_metadata = true; /* as ext4 does */
    rig_init(&r, 1, &o);
    rig_path(&r, io_mkdir, "/d");
    f = rig_open(&r, "/d/f", IO_WRITE | IO_CREATE);
    rig_write_flush(&r, f, 1, 512, 0);
    node_power_loss(r.n);
    assert_int_equal(node_file_bytes(r.n, "/d/f"), 512);
    rig_done(&r);
}

/* Write a file beside, flush, rename over: the old or the new contents, whole, whatever was synced. */
static void rename_replaces_atomically(void **state)
{
    (void)state;
    unsigned old = 0, fresh = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct rig r;
        rig_init(&r, seed, NULL);
        node_put(r.n, "/d/file", "old", 3);
        struct mr_file f = rig_open(&r, "/d/file.tmp", IO_WRITE | IO_CREATE | IO_TRUNCATE);
        rig_write_flush(&r, f, 'n', 1000, 0);
        assert_int_equal(rig_rename(&r, "/d/file.tmp", "/d/file"), 0);
        bool synced = seed % 4 == 0;
        if (synced)
            rig_path(&r, io_sync_dir, "/d");
        node_power_loss(r.n);
        int64_t bytes = node_file_bytes(r.n, "/d/file");
        assert_true(bytes == 3 || bytes == 1000);
        assert_int_equal(byte_at(&r, "/d/file", 0), bytes == 3 ? 'o' : 'n');
        assert_true(!synced || bytes == 1000);
        if (bytes == 1000)
            assert_false(node_exists(r.n, "/d/file.tmp"));
        old += bytes == 3;
        fresh += bytes == 1000 && !synced;
        rig_done(&r);
    }
    assert_true(old > 0 && fresh > 0);
}

/* Of a directory's unsynced changes a power loss keeps the first ones. */
static void directory_changes_are_kept_in_order(void **state)
{
    (void)state;
    bool seen[6] = {false};
    for (uint64_t seed = 0; seed < 400; seed++) {
        struct rig r;
        rig_init(&r, seed, NULL);
        char path[16];
        for (int i = 0; i < 5; i++) {
            snprintf(path, sizeof(path), "/f%d", i);
            rig_open(&r, path, IO_WRITE | IO_CREATE);
        }
        node_power_loss(r.n);
        int count = 0;
        for (int i = 0; i < 5; i++) {
            snprintf(path, sizeof(path), "/f%d", i);
            if (node_exists(r.n, path)) {
                assert_int_equal(count, i);
                count++;
            }
        }
        seen[count] = true;
        rig_done(&r);
    }
    assert_true(seen[0] && seen[1] && seen[5]);
}

static void truncation_and_size_are_metadata_of_the_flush(void **state)
{
    (void)state;
    struct world_options o = world_options_default();
    o.keep_pct = 0;
    o.torn_pct = 0;
    struct rig r;
    rig_init(&r, 1, &o);
    node_put(r.n, "/f", "0123456789", 10);
    struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE);
    struct mr_op op;
    op_init(&op, NULL);
    io_truncate(r.io, &op, f, 4);
    assert_int_equal(io_wait(r.io, &op), 0);
    node_power_loss(r.n);
    assert_int_equal(node_file_bytes(r.n, "/f"), 10);
    rig_boot(&r);
    f = rig_open(&r, "/f", IO_READ | IO_WRITE);
    io_truncate(r.io, &op, f, 4);
    io_wait(r.io, &op);
    io_truncate(r.io, &op, f, 8);
    io_wait(r.io, &op);
    assert_int_equal(rig_flush(&r, f), 0);
    node_power_loss(r.n);
    assert_int_equal(node_file_bytes(r.n, "/f"), 8);
    assert_int_equal(byte_at(&r, "/f", 3), '3');
    assert_int_equal(byte_at(&r, "/f", 4), 0); /* cut off means gone */
    rig_done(&r);
}

/* ---- a killed process ---- */

static void a_kill_keeps_what_had_completed(void **state)
{
    (void)state;
    unsigned whole = 0, part = 0, none = 0;
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct rig r;
        rig_init(&r, seed, NULL);
        struct mr_file f = rig_open(&r, "/f", IO_WRITE | IO_CREATE);
        assert_int_equal(rig_write(&r, f, 1, 4096, 0), 4096); /* not flushed */
        struct mr_op op;
        op_init(&op, NULL);
        memset(r.block, 2, 8192);
        io_write(r.io, &op, f, r.block, 8192, 4096);
        node_kill(r.n);
        assert_false(op.busy);
        int64_t bytes = node_file_bytes(r.n, "/f");
        assert_int_equal(byte_at(&r, "/f", 4095), 1);
        for (int64_t pos = 4096; pos < bytes; pos++)
            assert_int_equal(byte_at(&r, "/f", (uint64_t)pos), 2);
        whole += bytes == 12288;
        none += bytes == 4096;
        part += bytes > 4096 && bytes < 12288;
        io_free(r.io);
        rig_done(&r);
    }
    assert_true(whole > 20 && part > 20 && none > 20);
}

static void locks_end_with_the_process(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 1, NULL);
    struct mr_file lock;
    node_hold_lock(r.n, "/.lock", true);
    assert_int_equal(io_lock_file(r.io, "/.lock", &lock), -EAGAIN);
    node_hold_lock(r.n, "/.lock", false);
    assert_int_equal(io_lock_file(r.io, "/.lock", &lock), 0);
    node_kill(r.n);
    rig_boot(&r);
    assert_int_equal(io_lock_file(r.io, "/.lock", &lock), 0);
    io_unlock_file(r.io, lock);
    assert_int_equal(world_io_handles(r.io), 0);
    rig_done(&r);
}

/* ---- faults ---- */

static void scripted_faults_hit_the_nth(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 1, NULL);
    struct mr_file f = rig_open(&r, "/journal", IO_READ | IO_WRITE | IO_CREATE);
    struct mr_file g = rig_open(&r, "/other", IO_READ | IO_WRITE | IO_CREATE);
    node_fault(r.n, &(struct disk_fault){
                        .kinds = 1u << SIM_WRITE, .path = "journal", .skip = 2, .times = 1, .err = -EIO});
    assert_int_equal(rig_write(&r, f, 1, 512, 0), 512);
    assert_int_equal(rig_write(&r, g, 1, 512, 0), 512);
    assert_int_equal(rig_write(&r, f, 1, 512, 512), 512);
    assert_int_equal(rig_write(&r, f, 1, 512, 1024), -EIO);
    assert_int_equal(rig_write(&r, f, 1, 512, 1536), 512);
    node_faults_clear(r.n);
    node_fault(r.n, &(struct disk_fault){.kinds = 1u << SIM_WRITE | 1u << SIM_READ, .short_bytes = 100});
    assert_int_equal(rig_write(&r, f, 1, 512, 0), 100);
    struct mr_op op;
    op_init(&op, NULL);
    io_read(r.io, &op, f, r.block, 512, 0);
    assert_int_equal(io_wait(r.io, &op), 100);
    rig_done(&r);
}

/* After a failed flush a later one may succeed and still not have saved the earlier writes. */
static void a_failed_flush_may_forget_writes(void **state)
{
    (void)state;
    unsigned lost = 0, kept = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct rig r;
        rig_init(&r, seed, NULL);
        struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE | IO_CREATE);
        rig_path(&r, io_sync_dir, "/");
        rig_write_flush(&r, f, 1, 4096, 0);
        rig_write(&r, f, 2, 512, 0);
        node_fault(r.n, &(struct disk_fault){.kinds = 1u << SIM_FLUSH, .times = 1, .err = -EIO});
        assert_int_equal(rig_flush(&r, f), -EIO);
        assert_int_equal(byte_at(&r, "/f", 0), 2); /* readers do not notice */
        assert_int_equal(rig_flush(&r, f), 0);     /* wrong: it must have been fenced */
        node_power_loss(r.n);
        uint8_t b = byte_at(&r, "/f", 0);
        lost += b == 1;
        kept += b == 2;
        rig_done(&r);
    }
    assert_int_equal(lost + kept, 200);
    assert_true(lost > 20 && kept > 20);
}

static void a_full_disk_says_so_and_heals(void **state)
{
    (void)state;
    struct world_options o = world_options_default();
    o.disk_bytes = 64 * 1024;
    struct rig r;
    rig_init(&r, 1, &o);
    struct mr_file f = rig_open(&r, "/f", IO_WRITE | IO_CREATE);
    struct mr_file g = rig_open(&r, "/g", IO_WRITE | IO_CREATE);
    assert_int_equal(rig_write(&r, f, 1, 40960, 0), 40960);
    assert_int_equal(rig_write(&r, g, 1, 40960, 0), 24576); /* short: what fitted */
    assert_int_equal(rig_write(&r, g, 1, 4096, 24576), -ENOSPC);
    assert_int_equal(rig_write(&r, f, 2, 40960, 0), 40960); /* overwriting needs no space */
    struct mr_op op;
    op_init(&op, NULL);
    io_allocate(r.io, &op, g, 0, 65536, true);
    assert_int_equal(io_wait(r.io, &op), -ENOSPC);
    uint64_t total, left;
    assert_int_equal(io_space(r.io, "/", &total, &left), 0);
    assert_int_equal(left, 0);
    assert_int_equal(rig_path(&r, io_unlink, "/f"), 0);
    assert_int_equal(rig_write(&r, g, 1, 4096, 24576), -ENOSPC); /* still open */
    io_close(r.io, &op, f);
    io_wait(r.io, &op);
    assert_int_equal(rig_write(&r, g, 1, 4096, 24576), 4096);
    io_space(r.io, "/", &total, &left);
    assert_int_equal(left, 65536 - 28672);
    rig_done(&r);
}

static void bad_sectors_and_rot(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 1, NULL);
    memset(r.block, 5, 16384);
    node_put(r.n, "/f", r.block, 16384);
    struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE);
    struct mr_op op;
    op_init(&op, NULL);
    assert_int_equal(node_bad_range(r.n, "/f", 4096, 1024, true), 0);
    io_read(r.io, &op, f, r.block, 4096, 0);
    assert_int_equal(io_wait(r.io, &op), 4096);
    io_read(r.io, &op, f, r.block, 8192, 0);
    assert_int_equal(io_wait(r.io, &op), -EIO);
    assert_int_equal(rig_write(&r, f, 6, 512, 4096), 512); /* half of it is mapped elsewhere */
    io_read(r.io, &op, f, r.block, 4608, 0);
    assert_int_equal(io_wait(r.io, &op), 4608);
    io_read(r.io, &op, f, r.block, 512, 4608);
    assert_int_equal(io_wait(r.io, &op), -EIO);

    uint64_t before = node_disk_hash(r.n);
    assert_int_equal(node_bit_rot(r.n, "/f", 8192, 100, 1), 0);
    assert_true(node_disk_hash(r.n) != before);
    node_power_loss(r.n);
    unsigned changed = 0;
    for (uint64_t pos = 8192; pos < 8292; pos++)
        changed += byte_at(&r, "/f", pos) != 5;
    assert_int_equal(changed, 1);
    rig_done(&r);
}

/* What a power loss left beyond the end of a file does not come back when the file grows again. */
static void bytes_beyond_the_end_are_gone(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct rig r;
        rig_init(&r, seed, NULL);
        struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE | IO_CREATE);
        rig_path(&r, io_sync_dir, "/");
        rig_write(&r, f, 1, 4096, 0);
        rig_write(&r, f, 2, 4096, 4096);
        rig_write(&r, f, 3, 1000, 500); /* does not make it longer */
        node_power_loss(r.n);
        int64_t left = node_file_bytes(r.n, "/f");
        rig_boot(&r);
        f = rig_open(&r, "/f", IO_READ | IO_WRITE);
        struct mr_op op;
        op_init(&op, NULL);
        io_truncate(r.io, &op, f, 16384);
        assert_int_equal(io_wait(r.io, &op), 0);
        for (uint64_t pos = (uint64_t)left; pos < 16384; pos++)
            assert_int_equal(byte_at(&r, "/f", pos), 0);
        rig_done(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_flushed_survives),
        cmocka_unit_test(unflushed_writes_are_kept_dropped_or_torn),
        cmocka_unit_test(torn_blocks_may_hold_anything),
        cmocka_unit_test(later_writes_win_when_both_are_kept),
        cmocka_unit_test(a_flush_covers_only_what_had_completed_before),
        cmocka_unit_test(one_flush_covers_the_device_when_told_so),
        cmocka_unit_test(a_flush_of_the_file_system_covers_all_before_it),
        cmocka_unit_test(a_failed_flush_of_the_file_system_loses_some),
        cmocka_unit_test(entries_need_their_directory_synced),
        cmocka_unit_test(rename_replaces_atomically),
        cmocka_unit_test(directory_changes_are_kept_in_order),
        cmocka_unit_test(truncation_and_size_are_metadata_of_the_flush),
        cmocka_unit_test(a_kill_keeps_what_had_completed),
        cmocka_unit_test(locks_end_with_the_process),
        cmocka_unit_test(scripted_faults_hit_the_nth),
        cmocka_unit_test(a_failed_flush_may_forget_writes),
        cmocka_unit_test(a_full_disk_says_so_and_heals),
        cmocka_unit_test(bad_sectors_and_rot),
        cmocka_unit_test(bytes_beyond_the_end_are_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
