/* The roles of sections: headings without decoration, and the vocabularies. */
#include "unit.h"

#include "../../filters/roles/roles.h"

static void
headings(void **state)
{
	static const char *const cases[][2] = {
		{ "Key Responsibilities:", "key responsibilities" },
		{ "1. Why?", "why" },
		{ "2) Tools", "tools" },
		{ "(3) Skills", "skills" },
		{ "3.1 Tasks", "tasks" },
		{ "3.1.4. Tasks", "tasks" },
		{ "1-2. Tasks", "tasks" },
		{ "IV. Career", "career" },
		{ "a) Career", "career" },
		{ "5　キャリアパス", "5 キャリアパス" },
		{ "５．キャリアパスと成長", "キャリアパスと成長" },
		{ "第1章　主な業務", "主な業務" },
		{ "第十二節 主な業務", "主な業務" },
		{ "一、职责", "职责" },
		{ "（二）职责：", "职责" },
		{ "제 3 장 주요 업무", "주요 업무" },
		{ "① 주요 업무", "주요 업무" },
		{ "三つの柱", "三つの柱" },
		{ "1️⃣ Mission", "mission" },
		{ "🔍 ストーリー：現場から", "ストーリー:現場から" },
		{ "🎯 Sua Missão Central 🎯", "sua missão central" },
		{ "👨‍💻 Technology", "technology" },
		{ "What You’ll Do", "what you'll do" },
		{ "Day\xE2\x80\x91to\xE2\x80\x91" "day", "day-to-day" },
		{ "Skills (technical)", "skills (technical)" },
		{ "【必須】スキル", "必須】スキル" },
		{ "C++ and C#", "c++ and c#" },
		{ "30-60-90 day plan", "30-60-90 day plan" },
		{ "2024", "2024" },
		{ "level.", "level" },
		{ "—", "" },
		{ "", "" },
	};
	struct rp_doc *doc = doc_new(NULL, "test.md");
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++)
		assert_string_equal(roles_heading(doc, cases[i][0]), cases[i][1]);
	doc_free(doc);
}

/* Each phrase is spelled as headings are when they are compared with it. */
static void
spelling(void **state)
{
	static const char *const langs[] = { "en", "sv", "da", "nb", "de", "nl", "fr", "es", "pt", "it", "ru",
		"ar", "ja", "zh", "ko" };
	const struct vocabulary *v;
	const struct phrase *p;
	const char *text;
	struct rp_doc *doc;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(langs); i++) {
		doc = doc_new(NULL, "test.md");
		v = roles_vocabulary(langs[i]);
		assert_non_null(v);
		text = v->text;
		for (p = v->phrases; p < v->phrases + v->count; p++) {
			assert_int_equal(strlen(text), p->len);
			assert_string_equal(rp_fold(doc, text), text);
			assert_non_null(roles_name(p->role));
			text += p->len + 1;
		}
		doc_free(doc);
	}
	assert_ptr_equal(roles_vocabulary("nn"), roles_vocabulary("nb"));
	assert_ptr_equal(roles_vocabulary("pt-BR"), roles_vocabulary("pt"));
	assert_null(roles_vocabulary("und"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(headings),
	cmocka_unit_test(spelling),
};

UNIT_MAIN(tests)
