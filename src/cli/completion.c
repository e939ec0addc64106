/* What shells complete: verbs, a verb's options, and the values of those that
 * have a choice; else file names. */
#include <string.h>

#include "cli/manual.h"
#include "cli/options.h"

/* Words of "a|b|c", each behind `before`. */
static void put_choices(const char *choices, const char *before, FILE *to)
{
    for (const char *p = choices; *p != '\0';) {
        int len = (int)strcspn(p, "|");
        fprintf(to, "%s%.*s", before, len, p);
        p += len + (p[len] == '|');
    }
}

/* A help line for a shell's single quotes, up to its first ';' or ':'. */
static void put_quoted(const char *text, FILE *to)
{
    for (const char *p = text; *p != '\0' && *p != ';' && *p != ':'; p++) {
        if (*p == '\'') {
            fputs("\xE2\x80\x99", to); /* an apostrophe that needs no escape */
        } else if (*p == '[' || *p == ']') {
            fputc(*p == '[' ? '(' : ')', to);
        } else {
            fputc(*p, to);
        }
    }
}

static void bash(const struct manual *m, FILE *to)
{
    fputs("# bash completion of gaz, made by 'gaz --completion bash'\n"
          "_gaz() {\n"
          "  local word=${COMP_WORDS[COMP_CWORD]} "
          "before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
          "  if [ \"$word\" = = ]; then word=\n" /* bash parts --to=x there */
          "  elif [ \"$before\" = = ]; then "
          "before=${COMP_WORDS[COMP_CWORD-2]}\n  fi\n"
          "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words=\"",
          to);
    for (size_t i = 0; i < m->count; i++) {
        fprintf(to, "%s ", m->verbs[i]->name);
    }
    fputs("--help --version --man --completion\"\n"
          "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
          "    return\n  fi\n  case \"${COMP_WORDS[1]} $before\" in\n"
          "    '--completion --completion') words='bash zsh fish' ;;\n"
          "    '--man --man') words='",
          to);
    for (size_t i = 0; i < m->count; i++) {
        fprintf(to, "%s%s", i > 0 ? " " : "", m->verbs[i]->name);
    }
    fputs("' ;;\n", to);
    for (size_t i = 0; i < m->count; i++) {
        for (size_t k = 0; k < options_count(m->verbs[i]); k++) {
            const struct cli_option *o = options_at(m->verbs[i], k);
            if (o->choices == NULL) {
                continue;
            }
            fprintf(to, "    '%s --%s'", m->verbs[i]->name, o->name);
            if (o->letter != '\0') {
                fprintf(to, "|'%s -%c'", m->verbs[i]->name, o->letter);
            }
            fputs(") words=\"", to);
            put_choices(o->choices, " ", to);
            fputs("\" ;;\n", to);
        }
    }
    fputs("    *)\n      case \"$word\" in\n        -*) case "
          "\"${COMP_WORDS[1]}\" in\n",
          to);
    for (size_t i = 0; i < m->count; i++) {
        fprintf(to, "          %s) words=\"", m->verbs[i]->name);
        for (size_t k = 0; k < options_count(m->verbs[i]); k++) {
            fprintf(to, " --%s", options_at(m->verbs[i], k)->name);
        }
        fputs("\" ;;\n", to);
    }
    fputs("        esac ;;\n"
          "        *) return ;; # file names are readline's\n"
          "      esac ;;\n  esac\n"
          "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n"
          "complete -o default -F _gaz gaz\n",
          to);
}

static void zsh_option(const struct cli_option *o, FILE *to)
{
    const char *tail = o->value != NULL ? "=" : "";
    if (o->letter != '\0') {
        fprintf(to, "        '(-%c --%s)'{-%c%s,--%s%s}'[", o->letter, o->name,
                o->letter, o->value != NULL ? "+" : "", o->name, tail);
    } else {
        fprintf(to, "        '--%s%s[", o->name, tail);
    }
    put_quoted(o->help, to);
    fputc(']', to);
    if (o->value != NULL) {
        fputs(":", to);
        put_quoted(o->value, to);
        if (o->choices != NULL) {
            fputs(":(", to);
            put_choices(o->choices, " ", to);
            fputs(")", to);
        } else {
            fputs(":_files", to);
        }
    }
    fputs("' \\\n", to);
}

static void zsh(const struct manual *m, FILE *to)
{
    fputs("#compdef gaz\n# zsh completion of gaz, made by 'gaz --completion "
          "zsh'\n_gaz() {\n  if (( CURRENT == 2 )); then\n"
          "    local -a verbs=(\n",
          to);
    for (size_t i = 0; i < m->count; i++) {
        fprintf(to, "      '%s:", m->verbs[i]->name);
        put_quoted(m->verbs[i]->summary, to);
        fputs("'\n", to);
    }
    fputs("    )\n    _describe verb verbs\n    return\n  fi\n"
          "  local verb=$words[2]\n  shift words\n  (( CURRENT-- ))\n"
          "  case $verb in\n",
          to);
    for (size_t i = 0; i < m->count; i++) {
        fprintf(to, "    %s)\n      _arguments -s \\\n", m->verbs[i]->name);
        for (size_t k = 0; k < options_count(m->verbs[i]); k++) {
            zsh_option(options_at(m->verbs[i], k), to);
        }
        fputs("        '*:file:_files' ;;\n", to);
    }
    fputs("  esac\n}\nif [ \"$funcstack[1]\" = _gaz ]; then\n  _gaz \"$@\"\n"
          "else\n  compdef _gaz gaz\nfi\n",
          to);
}

static void fish(const struct manual *m, FILE *to)
{
    fputs("# fish completion of gaz, made by 'gaz --completion fish'\n", to);
    for (size_t i = 0; i < m->count; i++) {
        fprintf(to, "complete -c gaz -n __fish_use_subcommand -f -a %s -d '",
                m->verbs[i]->name);
        put_quoted(m->verbs[i]->summary, to);
        fputs("'\n", to);
    }
    for (size_t i = 0; i < m->count; i++) {
        for (size_t k = 0; k < options_count(m->verbs[i]); k++) {
            const struct cli_option *o = options_at(m->verbs[i], k);
            fprintf(to,
                    "complete -c gaz -n '__fish_seen_subcommand_from %s' -l %s",
                    m->verbs[i]->name, o->name);
            if (o->letter != '\0') {
                fprintf(to, " -s %c", o->letter);
            }
            fputs(o->choices != NULL ? " -x -a '"
                  : o->value != NULL ? " -r"
                                     : "",
                  to);
            if (o->choices != NULL) {
                put_choices(o->choices, " ", to);
                fputc('\'', to);
            }
            fputs(" -d '", to);
            put_quoted(o->help, to);
            fputs("'\n", to);
        }
    }
}

bool manual_completion(const struct manual *m, const char *shell, FILE *to)
{
    if (strcmp(shell, "bash") == 0) {
        bash(m, to);
    } else if (strcmp(shell, "zsh") == 0) {
        zsh(m, to);
    } else if (strcmp(shell, "fish") == 0) {
        fish(m, to);
    } else {
        return false;
    }
    return true;
}
