/* The intrusive list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/list.h"

struct item {
    struct mr_list link;
    char name;
};

static void list_is(struct mr_list *head, const char *expected)
{
    char got[32];
    size_t n = 0;
    LIST_FOR(node, head)
    got[n++] = MR_CONTAINER(node, struct item, link)->name;
    got[n] = '\0';
    assert_string_equal(got, expected);
    for (struct mr_list *node = head->prev; node != head; node = node->prev) /* and backwards */
        assert_int_equal(MR_CONTAINER(node, struct item, link)->name, expected[--n]);
    assert_int_equal(n, 0);
}

static void fill(struct mr_list *head, struct item *items, const char *names)
{
    list_init(head);
    for (; *names != '\0'; names++, items++) {
        items->name = *names;
        list_push(head, &items->link);
    }
}

static void push_pop_and_remove(void **state)
{
    (void)state;
    struct mr_list head;
    struct item items[5] = {0}, front = {.name = 'z'};
    fill(&head, items, "abcde");
    list_is(&head, "abcde");
    list_push_front(&head, &front.link);
    list_is(&head, "zabcde");
    list_remove(&items[2].link);
    list_remove(&items[2].link); /* in no list: harmless */
    list_is(&head, "zabde");
    assert_ptr_equal(list_pop(&head), &front.link);
    assert_true(list_empty(&front.link));
    list_is(&head, "abde");
    while (list_pop(&head) != NULL)
        ;
    assert_true(list_empty(&head));
    list_is(&head, "");
}

static void splicing_moves_all_to_the_end(void **state)
{
    (void)state;
    struct mr_list one, two, none;
    struct item a[3], b[2];
    fill(&one, a, "abc");
    fill(&two, b, "de");
    list_init(&none);
    list_splice(&one, &none);
    list_is(&one, "abc");
    list_splice(&one, &two);
    list_is(&one, "abcde");
    assert_true(list_empty(&two));
    list_splice(&none, &one);
    list_is(&none, "abcde");
    assert_true(list_empty(&one));
}

static void a_safe_walk_survives_removal(void **state)
{
    (void)state;
    struct mr_list head;
    struct item items[5];
    fill(&head, items, "abcde");
    LIST_FOR_SAFE(node, next, &head)
    {
        if (MR_CONTAINER(node, struct item, link)->name % 2 == 1) /* a, c, e */
            list_remove(node);
    }
    list_is(&head, "bd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(push_pop_and_remove),
        cmocka_unit_test(splicing_moves_all_to_the_end),
        cmocka_unit_test(a_safe_walk_survives_removal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
