/* textcat.c - libexttextcat, for texts whose words leave their language open. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <libexttextcat/textcat.h>

#include "language.h"

#define TEXTCAT_DATA	"/usr/share/libexttextcat/"

/* Its fingerprints are read once in a process, when a first text needs them, and serve one
 * thread at a time: they come with the room for the answer. */
void
textcat_ask(const char *text, size_t len, char answer[TEXTCAT_ANSWER])
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static void *textcat;

	pthread_mutex_lock(&lock);
	if (textcat == NULL)
		textcat = special_textcat_Init(TEXTCAT_DATA "fpdb.conf", TEXTCAT_DATA);
	snprintf(answer, TEXTCAT_ANSWER, "%s",
	    textcat != NULL ? textcat_Classify(textcat, text, len) : "");
	pthread_mutex_unlock(&lock);
}

int
textcat_names(const char *answer, const char *code)
{
	size_t n = strlen(code);

	while ((answer = strchr(answer, '[')) != NULL) {
		answer++;
		if (strncmp(answer, code, n) == 0 && answer[n] == '-')
			return 1;
	}
	return 0;
}

int
textcat_first(const char *answer, char code[4])
{
	size_t n = *answer == '[' ? strcspn(answer + 1, "-]") : 0;

	if (n != 2 && n != 3)
		return -1;
	memcpy(code, answer + 1, n);
	code[n] = '\0';
	return 0;
}
