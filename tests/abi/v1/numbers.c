/*
 * Prints what is compiled into plugins: the numbers of all names, and where the fields
 * of all structures are.  A line must be the same for ever; lines may be added.
 */
#include <stdio.h>

#include <rolepress/emit.h>
#include <rolepress/plugin.h>
#include <rolepress/rolepress.h>
#include <rolepress/text.h>

#define NUMBER(name)		printf(#name " %d\n", (int)(name))
#define SIZE(type)		printf("sizeof " #type " %zu\n", sizeof(struct type))
#define FIELD(type, field)	printf(#type "." #field " %zu\n", offsetof(struct type, field))

static void
lists(void)
{
#define RP_KIND(id, name, class, holds) printf("RP_" #id " %d %s %d\n", RP_##id, name, RP_CLASS_##class);
#define RP_ATTR(id, name, type) printf("RP_A_" #id " %d %s %d\n", RP_A_##id, name, RP_TYPE_##type);
#include <rolepress/node.def>
#define RP_DIAG(id, code, severity, wording) printf("RP_D_" #id " %d %s\n", RP_D_##id, code);
#include <rolepress/diag.def>
#define RP_LABEL(id, name, english) printf("RP_L_" #id " %d %s\n", RP_L_##id, name);
#include <rolepress/label.def>
	NUMBER(RP_CLASS_ROOT); NUMBER(RP_CLASS_META); NUMBER(RP_CLASS_BLOCK); NUMBER(RP_CLASS_INLINE);
	NUMBER(RP_CLASS_PART); NUMBER(RP_TYPE_STRING); NUMBER(RP_TYPE_INT); NUMBER(RP_TYPE_BOOL);
	NUMBER(RP_NOTE); NUMBER(RP_WARNING); NUMBER(RP_ERROR); NUMBER(RP_ENTER); NUMBER(RP_LEAVE);
	NUMBER(RP_ONE_FILE); NUMBER(RP_FILE_EACH); NUMBER(RP_BOOL); NUMBER(RP_INT); NUMBER(RP_STRING);
	NUMBER(RP_ENUM); NUMBER(RP_CHILDREN); NUMBER(RP_SKIP); NUMBER(RP_TRANSFORM); NUMBER(RP_WRITER);
	NUMBER(RP_READER); NUMBER(RP_LOADER); NUMBER(RP_XML_DECLARATION); NUMBER(RP_XML_INDENT); NUMBER(RP_XML_HTML);
}

/* Those that plugins make, copy or put into arrays: they may not even grow. */
static void
whole(void)
{
	SIZE(rp_pos); SIZE(rp_walk); SIZE(rp_option); SIZE(rp_rule);
	FIELD(rp_pos, line); FIELD(rp_pos, col); FIELD(rp_pos, end_line); FIELD(rp_pos, end_col);
	FIELD(rp_walk, root); FIELD(rp_walk, node); FIELD(rp_walk, event); FIELD(rp_walk, depth);
	FIELD(rp_option, name); FIELD(rp_option, type); FIELD(rp_option, offset); FIELD(rp_option, dflt);
	FIELD(rp_option, range); FIELD(rp_option, help);
	FIELD(rp_rule, enter); FIELD(rp_rule, leave);
}

static void
open_ended(void)
{
	FIELD(rp_job, doc); FIELD(rp_job, root); FIELD(rp_job, index); FIELD(rp_job, out); FIELD(rp_job, layout);
	FIELD(rp_job, filter); FIELD(rp_job, run);
	FIELD(rp_loading, path); FIELD(rp_loading, made);
	FIELD(rp_filter, abi); FIELD(rp_filter, size); FIELD(rp_filter, name); FIELD(rp_filter, summary);
	FIELD(rp_filter, role); FIELD(rp_filter, needs); FIELD(rp_filter, gives); FIELD(rp_filter, state_size);
	FIELD(rp_filter, options); FIELD(rp_filter, run); FIELD(rp_filter, rules); FIELD(rp_filter, bind);
	FIELD(rp_filter, extension); FIELD(rp_filter, media_type); FIELD(rp_filter, binary); FIELD(rp_filter, path);
	FIELD(rp_filter, kinds); FIELD(rp_filter, claims); FIELD(rp_filter, load); FIELD(rp_filter, context);
	FIELD(rp_filter, unload);
	FIELD(rp_message, path); FIELD(rp_message, line); FIELD(rp_message, col); FIELD(rp_message, severity);
	FIELD(rp_message, code); FIELD(rp_message, text); FIELD(rp_message, source); FIELD(rp_message, source_len);
}

int
main(void)
{
	lists();
	whole();
	open_ended();
	return 0;
}
