/* The actions of cq-refer. Errors: in cli->err. */
#ifndef CQ_REFER_ACTIONS_H
#define CQ_REFER_ACTIONS_H

#include "cq-refer_session.h"

typedef enum cq_code cq_refer_action_fn(struct cq_refer *s);

cq_refer_action_fn cq_refer_issue;
cq_refer_action_fn cq_refer_transitions;
cq_refer_action_fn cq_refer_show;
cq_refer_action_fn cq_refer_list;
cq_refer_action_fn cq_refer_print;
cq_refer_action_fn cq_refer_verify;
cq_refer_action_fn cq_refer_register;

#endif
