/* core/list.h - an intrusive doubly linked list. An initialised node that is in no list points at itself. */
#ifndef MR_LIST_H
#define MR_LIST_H

#include "core/base.h"

struct mr_list {
    struct mr_list *next, *prev;
};

static inline void list_init(struct mr_list *l)
{
    l->next = l->prev = l;
}
static inline bool list_empty(const struct mr_list *l)
{
    return l->next == l;
}

static inline void list_insert_(struct mr_list *n, struct mr_list *prev, struct mr_list *next)
{
    n->prev = prev;
    n->next = next;
    prev->next = n;
    next->prev = n;
}

static inline void list_push(struct mr_list *head, struct mr_list *n)
{
    list_insert_(n, head->prev, head);
}
static inline void list_push_front(struct mr_list *head, struct mr_list *n)
{
    list_insert_(n, head, head->next);
}

/* Harmless on a node that is in no list. */
static inline void list_remove(struct mr_list *n)
{
    n->prev->next = n->next;
    n->next->prev = n->prev;
    list_init(n);
}

/* The first node, removed; NULL when empty. */
static inline struct mr_list *list_pop(struct mr_list *head)
{
    if (list_empty(head))
        return NULL;
    struct mr_list *n = head->next;
    list_remove(n);
    return n;
}

/* Moves all nodes of from to the end of to. */
static inline void list_splice(struct mr_list *to, struct mr_list *from)
{
    if (list_empty(from))
        return;
    from->next->prev = to->prev;
    to->prev->next = from->next;
    from->prev->next = to;
    to->prev = from->prev;
    list_init(from);
}

#define LIST_FOR(node, head) for (struct mr_list *node = (head)->next; node != (head); node = node->next)
#define LIST_FOR_SAFE(node, tmp, head)                                                                       \
    for (struct mr_list *node = (head)->next, *tmp = node->next; node != (head); node = tmp, tmp = node->next)

#endif
