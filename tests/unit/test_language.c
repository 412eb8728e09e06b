/* Languages: tags, names, directions, labels, and telling the language of a text. */
#include "unit.h"

/* ---- Tags ---- */

static void
canonical(void **state)
{
	static const char *const cases[][2] = {
		{ "en", "en" }, { "SV", "sv" }, { "pt-br", "pt-BR" }, { "pt_BR", "pt-BR" },
		{ "zh-hant", "zh-Hant" }, { "zh_hant_tw", "zh-Hant-TW" }, { "sr-latn-rs", "sr-Latn-RS" },
		{ "es-419", "es-419" }, { "de-ch-1996", "de-CH-1996" }, { "sl-rozaj-biske", "sl-rozaj-biske" },
		{ "en-gb-oed", NULL }, { "en-uk", "en-GB" },
		{ "swe", "sv" }, { "ger", "de" }, { "jpn", "ja" }, { "iw", "he" }, { "in", "id" },
		{ "zh-yue", "yue" }, { "ckb", "ckb" }, { "und", "und" },
		{ "sv_SE.UTF-8", "sv-SE" }, { "sr_RS@latin", "sr-RS" },
		{ "en-u-ca-gregory", "en-u-ca-gregory" }, { "de-x-team-a", "de-x-team-a" },
		{ "", NULL }, { "e", NULL }, { "english", NULL }, { "English", NULL }, { "jp", NULL },
		{ "日本語", NULL }, { "en--US", NULL }, { "en-", NULL }, { "-en", NULL }, { "en US", NULL },
		{ "en-USA", NULL }, { "sv-Latn-Latn", NULL }, { "en-u", NULL }, { "en-x", NULL },
		{ "x-private", NULL }, { "C", NULL }, { "POSIX", NULL }, { "en-toolongsubtag", NULL },
		{ "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x-y-z-a-b-c-d-e-f-g-h", NULL },
	};
	struct rp_doc *doc = doc_new(NULL, "test.md");
	char *tag;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		tag = rp_lang_canonical(doc, cases[i][0]);
		if (cases[i][1] == NULL) {
			assert_null(tag);
			continue;
		}
		assert_non_null(tag);
		assert_string_equal(tag, cases[i][1]);
		assert_string_equal(rp_lang_canonical(doc, tag), tag);
	}
	doc_free(doc);
}

static void
about(void **state)
{
	(void)state;
	assert_string_equal(rp_lang_dir("sv"), "ltr");
	assert_string_equal(rp_lang_dir("ar"), "rtl");
	assert_string_equal(rp_lang_dir("fa-IR"), "rtl");
	assert_string_equal(rp_lang_dir("ar-Latn"), "ltr");
	assert_string_equal(rp_lang_dir("az-Arab"), "rtl");
	assert_string_equal(rp_lang_dir("und"), "ltr");
	assert_string_equal(rp_lang_dir("he"), "rtl");
	assert_string_equal(rp_lang_dir("iw"), "rtl");

	assert_true(rp_lang_same("en", "en-GB"));
	assert_true(rp_lang_same("pt-BR", "PT"));
	assert_true(rp_lang_same("no", "nb"));
	assert_true(rp_lang_same("swe", "sv"));
	assert_false(rp_lang_same("nn", "nb"));
	assert_false(rp_lang_same("en", "eo"));
	assert_false(rp_lang_same("en", "und"));

	assert_string_equal(rp_lang_name("sv"), "svenska");
	assert_string_equal(rp_lang_name("ja-JP"), "日本語");
	assert_string_equal(rp_lang_name("pt-BR"), "português (Brasil)");
	assert_string_equal(rp_lang_name("zh-Hant"), "繁體中文");
	assert_string_equal(rp_lang_name("tlh"), "tlh");
}

/* The tables are searched by halves. */
static const char *const words[] = {
#define RP_WORD(word, langs) word,
#include "core/lang_words.def"
};

static const char *const endings[] = {
#define RP_ENDING(ending, langs) ending,
#include "core/lang_words.def"
};

static const char *const codes[] = {
#define RP_LANG(code, longer, name) code,
#include "core/lang_names.def"
};

static const uint32_t names[] = {
#define RP_NAME(first, last, class) first, last,
#include "core/xml_names.def"
};

static const uint32_t blocks[] = {
#define RP_BLOCK(first, last, script) first, last,
#include "core/lang_scripts.def"
};

static void
sorted(const char *const *list, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++)
		assert_true(strcmp(list[i - 1], list[i]) < 0);
}

/* first and last, first and last … */
static void
ranges(const uint32_t *list, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++)
		assert_true(i % 2 == 0 ? list[i - 1] < list[i] : list[i - 1] <= list[i]);
}

static const char *
tail(const char *ending)
{
	return ending + strlen(ending) - 3;
}

/* By the last three bytes from behind; of those the longer first. */
static void
endings_sorted(void)
{
	size_t i, k;

	for (i = 1; i < LEN(endings); i++) {
		const char *a = tail(endings[i - 1]), *b = tail(endings[i]);

		for (k = 3; k > 0 && a[k - 1] == b[k - 1]; k--)
			;
		if (k > 0)
			assert_true((unsigned char)a[k - 1] < (unsigned char)b[k - 1]);
		else
			assert_true(strlen(endings[i - 1]) >= strlen(endings[i]));
	}
}

static void
tables(void **state)
{
	size_t i;

	(void)state;
	sorted(words, LEN(words));
	endings_sorted();
	sorted(codes, LEN(codes));
	ranges(names, LEN(names));
	ranges(blocks, LEN(blocks));
	for (i = 0; i < LEN(endings); i++)
		assert_in_range(strlen(endings[i]), 3, 8);
}

/* ---- Labels ---- */

static void
labels(void **state)
{
	static const char *const langs[] = { "en", "sv", "da", "nb", "nn", "no", "de", "nl", "fr", "es", "pt",
		"it", "ru", "ar", "ja", "zh", "zh-Hant", "ko", "und", "tlh" };
	size_t i, l;

	(void)state;
	for (i = 0; i < LEN(langs); i++)
		for (l = 0; l < RP_LABEL_MAX; l++)
			assert_true(*rp_label((enum rp_label)l, langs[i]) != '\0');
	assert_string_equal(rp_label(RP_L_CONTENTS, "tlh"), rp_label(RP_L_CONTENTS, "en"));
	assert_string_equal(rp_label(RP_L_CONTENTS, "no"), rp_label(RP_L_CONTENTS, "nb"));
	assert_string_equal(rp_label(RP_L_CONTENTS, "pt-BR"), rp_label(RP_L_CONTENTS, "pt"));
}

/* ---- Telling the language ---- */

static void
detected(const char *text, const char *lang)
{
	const char *found = rp_lang_detect(text, strlen(text));

	if (lang == NULL) {
		assert_null(found);
		return;
	}
	assert_non_null(found);
	assert_string_equal(found, lang);
}

static void
languages(void **state)
{
	static const char *const cases[][2] = {
		{ "The chief security officer is responsible for the safety of people, data and assets.", "en" },
		{ "Säkerhetschefen är den som ansvarar för säkerheten för personal, data och tillgångar.", "sv" },
		{ "Sikkerhedschefen er den, der har ansvaret for sikkerheden for medarbejdere og data.", "da" },
		{ "Sikkerhetssjefen er den som har ansvaret for sikkerheten til ansatte, data og verdier.", "no" },
		{ "Der Sicherheitschef ist für den Schutz der Mitarbeiter, der Daten und der Anlagen verantwortlich.",
		    "de" },
		{ "De beveiligingschef is verantwoordelijk voor de veiligheid van medewerkers en gegevens.", "nl" },
		{ "Le responsable de la sécurité veille à la protection du personnel et des données.", "fr" },
		{ "El responsable de seguridad se encarga de la protección de las personas y los datos.", "es" },
		{ "O responsável pela segurança cuida da proteção das pessoas e dos dados da empresa.", "pt" },
		{ "Il responsabile della sicurezza si occupa della protezione delle persone e dei dati.", "it" },
		{ "Szef bezpieczeństwa jest odpowiedzialny za ochronę ludzi oraz danych w firmie.", "pl" },
		{ "Turvallisuusjohtaja vastaa siitä, että ihmiset ja tiedot ovat turvassa.", "fi" },
		{ "Директор по безопасности отвечает за защиту людей, данных и имущества.", "ru" },
		{ "Директор з безпеки відповідає за захист людей, даних і майна.", "uk" },
		{ "Директорът по сигурността отговаря за защитата на хората и данните.", "bg" },
		{ "Ο υπεύθυνος ασφαλείας φροντίζει για την προστασία των δεδομένων.", "el" },
		{ "מנהל האבטחה אחראי על ההגנה על אנשים ונתונים.", "he" },
		{ "مدير الأمن مسؤول عن حماية الأشخاص والبيانات والأصول.", "ar" },
		{ "مدیر امنیت مسئول حفاظت از افراد و داده‌ها و دارایی‌های شرکت است.", "fa" },
		{ "最高セキュリティ責任者は、人とデータの安全に責任を負います。", "ja" },
		{ "首席安全官负责保护人员、数据和资产的安全，并向董事会报告。", "zh" },
		{ "首席安全官負責保護人員、資料與資產的安全，並向董事會報告。", "zh-Hant" },
		{ "최고보안책임자는 사람과 데이터의 안전을 책임집니다.", "ko" },
		{ "ผู้บริหารด้านความปลอดภัยรับผิดชอบข้อมูลของบริษัท", "th" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++)
		detected(cases[i][0], cases[i][1]);
}

/* English terms and names do not win over the sentences they stand in. */
static void
mixed(void **state)
{
	(void)state;
	detected("CISO（Chief Information Security Officer）は、Incident Response や Governance, Risk and "
	    "Compliance、Zero Trust Architecture、Business Continuity Planning を担当します。", "ja");
	detected("Som Head of Governance, Risk and Compliance ansvarar du för Incident Response, Business "
	    "Continuity och Security Awareness i hela koncernen.", "sv");
	detected("Kubernetes, Terraform и CI/CD: вы отвечаете за Site Reliability Engineering.", "ru");
	detected("The kanji 情報 means information, and 責任 means responsibility; both are in the title.", "en");
	detected("och att det som xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx är",
	    "sv");
	detected("IT ist für OR und IS verantwortlich, und die IT nicht für AN.", "de");
}

static void
unsure(void **state)
{
	static const char cut[] = "Det är en text som slutar mitt i \xC3\xA4";

	(void)state;
	detected("", NULL);
	detected("12345 67.8 %", NULL);
	detected("CISO", NULL);
	detected("Chief Security Officer (CSO)", NULL);
	detected("最高責任者", NULL);
	detected("\xFF\xFE\x80", NULL);
	assert_string_equal(rp_lang_detect(cut, sizeof(cut) - 2), "sv");
}

/* Languages without words of ours are libexttextcat's. */
static void
others(void **state)
{
	(void)state;
	detected("Aš esu atsakingas už informacijos saugumą ir dirbu su kitais komandos nariais, kad "
	    "apsaugotume įmonės duomenis.", "lt");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(canonical),
	cmocka_unit_test(about),
	cmocka_unit_test(tables),
	cmocka_unit_test(labels),
	cmocka_unit_test(languages),
	cmocka_unit_test(mixed),
	cmocka_unit_test(unsure),
	cmocka_unit_test(others),
};

UNIT_MAIN(tests)
