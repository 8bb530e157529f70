/* core/io_uring_name.c - addresses of names, without stopping the shard.
 *
 * The system's resolver blocks, for many seconds when a DNS server is silent. So each io that connects by
 * name gets one thread that asks, one name after the other; numeric hosts never come here. The thread
 * outlives a freed io until its current question is answered, and touches nothing of the io then. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>

#include "core/io_uring_priv.h"
#include "core/mem.h"

enum { NAME_QUEUE_MAX = 256, NAME_BYTES_MAX = 256 };

struct name_question {
    struct mr_list link;
    struct mr_op *op; /* NULL: nobody waits for it any more. Only the io's thread looks at it. */
    char host[NAME_BYTES_MAX];
    uint16_t port;
    int err;
    struct addr_list found;
};

struct name_service {
    pthread_mutex_t lock;
    pthread_cond_t asked;
    struct mr_io *io; /* NULL: freed */
    struct mr_list questions, answers;
    uint32_t count;            /* of questions not yet taken back */
    _Atomic uint32_t answered; /* answers that wait: read without the lock */
};

bool addr_parse(struct addr_list *list, const char *host, uint16_t port)
{
    struct sockaddr_in *in = (struct sockaddr_in *)&list->addrs[0];
    if (inet_pton(AF_INET, host, &in->sin_addr) == 1) {
        in->sin_family = AF_INET;
        in->sin_port = htons(port);
        list->count = 1;
        return true;
    }
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&list->addrs[0];
    if (inet_pton(AF_INET6, host, &in6->sin6_addr) == 1) {
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(port);
        list->count = 1;
        return true;
    }
    return false;
}

static int err_of(int gai)
{
    switch (gai) {
    case EAI_AGAIN:
        return -EAGAIN;
    case EAI_MEMORY:
        return -ENOMEM;
    case EAI_SYSTEM:
        return errno != 0 ? -errno : -EIO;
    }
    return -EADDRNOTAVAIL; /* no such name, or no address for it */
}

static int resolve(const char *host, uint16_t port, struct addr_list *ret)
{
    char service[8];
    snprintf(service, sizeof(service), "%u", port);
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    int gai = getaddrinfo(host, service, &hints, &found);
    if (gai != 0)
        return err_of(gai);
    for (const struct addrinfo *a = found; a != NULL && ret->count < ADDR_COUNT_MAX; a = a->ai_next) {
        if (a->ai_addrlen <= sizeof(ret->addrs[0]))
            memcpy(&ret->addrs[ret->count++], a->ai_addr, a->ai_addrlen);
    }
    freeaddrinfo(found);
    return ret->count > 0 ? 0 : -EADDRNOTAVAIL;
}

static void free_all(struct mr_list *questions)
{
    for (struct mr_list *node; (node = list_pop(questions)) != NULL;)
        mem_free(MR_CONTAINER(node, struct name_question, link));
}

static void *name_thread(void *arg)
{
    struct name_service *names = arg;
    pthread_mutex_lock(&names->lock);
    for (;;) {
        while (names->io != NULL && list_empty(&names->questions))
            pthread_cond_wait(&names->asked, &names->lock);
        if (names->io == NULL)
            break;
        struct name_question *q = MR_CONTAINER(list_pop(&names->questions), struct name_question, link);
        pthread_mutex_unlock(&names->lock);
        q->err = resolve(q->host, q->port, &q->found);
        pthread_mutex_lock(&names->lock);
        list_push(&names->answers, &q->link);
        atomic_fetch_add(&names->answered, 1);
        if (names->io != NULL)
            io_wake(names->io);
    }
    free_all(&names->questions);
    free_all(&names->answers);
    pthread_mutex_unlock(&names->lock);
    pthread_cond_destroy(&names->asked);
    pthread_mutex_destroy(&names->lock);
    mem_free(names);
    return NULL;
}

static int name_service_start(struct mr_io *io)
{
    struct name_service *names = mem_zalloc(1, sizeof(*names));
    if (names == NULL)
        return -ENOMEM;
    pthread_mutex_init(&names->lock, NULL);
    pthread_cond_init(&names->asked, NULL);
    names->io = io;
    list_init(&names->questions);
    list_init(&names->answers);
    pthread_t thread;
    int err = pthread_create(&thread, NULL, name_thread, names);
    if (err != 0) {
        pthread_cond_destroy(&names->asked);
        pthread_mutex_destroy(&names->lock);
        mem_free(names);
        return -err;
    }
    pthread_detach(thread);
    io->names = names;
    return 0;
}

int name_lookup(struct mr_io *io, struct mr_op *op, const char *host, uint16_t port)
{
    size_t len = strlen(host);
    if (len >= NAME_BYTES_MAX)
        return -ENAMETOOLONG;
    int err = io->names == NULL ? name_service_start(io) : 0;
    if (err != 0)
        return err;
    struct name_service *names = io->names;
    if (names->count == NAME_QUEUE_MAX)
        return -EAGAIN;
    struct name_question *q = mem_zalloc(1, sizeof(*q));
    if (q == NULL)
        return -ENOMEM;
    q->op = op;
    q->port = port;
    memcpy(q->host, host, len);
    op->priv.q = q;
    op->priv.flags |= OPF_NAMING;
    names->count++;
    pthread_mutex_lock(&names->lock);
    list_push(&names->questions, &q->link);
    pthread_cond_signal(&names->asked);
    pthread_mutex_unlock(&names->lock);
    return 0;
}

void name_forget(struct mr_op *op)
{
    struct name_question *q = op->priv.q;
    q->op = NULL;
    op->priv.q = NULL;
    op->priv.flags &= (uint16_t)~OPF_NAMING;
}

void name_answers(struct mr_io *io)
{
    struct name_service *names = io->names;
    if (names == NULL || atomic_load(&names->answered) == 0)
        return;
    struct mr_list answers;
    list_init(&answers);
    pthread_mutex_lock(&names->lock);
    list_splice(&answers, &names->answers);
    atomic_store(&names->answered, 0);
    pthread_mutex_unlock(&names->lock);
    for (struct mr_list *node; (node = list_pop(&answers)) != NULL;) {
        struct name_question *q = MR_CONTAINER(node, struct name_question, link);
        struct mr_op *op = q->op;
        names->count--;
        if (op != NULL) {
            name_forget(op);
            *(struct addr_list *)op->priv.p = q->found;
            if (q->err == 0)
                connect_next(io, op);
            else
                uring_push_local(io, op, q->err);
        }
        mem_free(q);
    }
}

void name_service_stop(struct mr_io *io)
{
    struct name_service *names = io->names;
    if (names == NULL)
        return;
    io->names = NULL;
    pthread_mutex_lock(&names->lock);
    names->io = NULL;
    pthread_cond_signal(&names->asked);
    pthread_mutex_unlock(&names->lock); /* the thread frees it */
}
