#include "tests/sim/lib/sim_priv.h"

void sock_io_dies(struct mr_io *io, enum death death) { (void)io, (void)death; }
void sock_op_cancel(struct sim_op *s) { (void)s; }
void sock_op_done(struct sim_op *s) { (void)s; }
void net_node_boots(struct sim_node *n) { (void)n; }
void net_heal(struct world *w) { (void)w; }
void net_free(struct world *w) { (void)w; }
