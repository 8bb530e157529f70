/* io_new() where it cannot work: the message names the cause and the remedy. Each case runs in a child
 * process, where a seccomp filter answers io_uring_setup(2) as such a machine does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/io.h"

static int refuse_setup(int with_errno)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)with_errno),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog prog = {.len = MR_COUNT(filter), .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog);
}

static int refuse_files(int unused)
{
    (void)unused;
    struct rlimit none = {0, 0};
    return setrlimit(RLIMIT_NOFILE, &none);
}

/* In a child: prepare(arg), then io_new() must fail with err and say all the words. */
static void check_refusal(int (*prepare)(int arg), int arg, int err, const char *const *words)
{
    int told[2];
    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct {
            int err;
            char why[512];
        } answer = {.err = 0};
        struct mr_io *io = NULL;
        if (prepare(arg) == 0)
            answer.err = io_new(&(struct io_config){0}, &io, answer.why, sizeof(answer.why));
        _exit(write(told[1], &answer, sizeof(answer)) == sizeof(answer) ? 0 : 1);
    }
    struct {
        int err;
        char why[512];
    } answer;
    assert_int_equal(read(told[0], &answer, sizeof(answer)), sizeof(answer));
    close(told[0]);
    close(told[1]);
    waitpid(child, NULL, 0);
    assert_int_equal(answer.err, err);
    for (; *words != NULL; words++) {
        if (strstr(answer.why, *words) == NULL)
            fail_msg("'%s' does not say '%s'", answer.why, *words);
    }
}

static void a_kernel_without_io_uring_is_named(void **state)
{
    (void)state;
    check_refusal(refuse_setup, ENOSYS, -ENOSYS,
                  (const char *const[]){"Linux 6.1", "CONFIG_IO_URING", "seccomp", NULL});
}

static void a_forbidden_io_uring_comes_with_its_remedies(void **state)
{
    (void)state;
    check_refusal(refuse_setup, EPERM, -EPERM,
                  (const char *const[]){"sysctl -w kernel.io_uring_disabled=0", "--security-opt seccomp",
                                        NULL});
}

static void too_little_locked_memory_is_named(void **state)
{
    (void)state;
    check_refusal(refuse_setup, ENOMEM, -ENOMEM, (const char *const[]){"ulimit -l", "LimitMEMLOCK", NULL});
}

static void any_other_error_is_told(void **state)
{
    (void)state;
    check_refusal(refuse_setup, EIO, -EIO, (const char *const[]){"io_uring", strerror(EIO), NULL});
    check_refusal(refuse_files, 0, -EMFILE, (const char *const[]){strerror(EMFILE), NULL});
}

static void a_short_text_buffer_is_enough(void **state)
{
    (void)state;
    struct mr_io *io = NULL;
    char why[1] = {'x'};
    assert_int_equal(io_new(&(struct io_config){.recv_chunks_max = 1 << 30}, &io, why, sizeof(why)), -EINVAL);
    assert_int_equal(why[0], '\0');
    assert_null(io);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kernel_without_io_uring_is_named),
        cmocka_unit_test(a_forbidden_io_uring_comes_with_its_remedies),
        cmocka_unit_test(too_little_locked_memory_is_named),
        cmocka_unit_test(any_other_error_is_told),
        cmocka_unit_test(a_short_text_buffer_is_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
