#include "text/introduce_nouns.h"

#include <string.h>

#include "text/ascii.h"

enum { LONGEST = 16 }; /* bytes of a noun */

/* A noun that says what a thing is. after: only behind one of these words;
 * with a '!' in front: not behind one of them. */
struct noun {
    const char *word;
    enum introduce_kind kind;
    const char *after;
};

static const struct noun nouns[] = {
    {"app", INTRODUCE_APPLICATION, NULL},
    {"application", INTRODUCE_APPLICATION, "!job|loan|patent"},
    {"program", INTRODUCE_APPLICATION,
     "computer|software|graphics|drawing|paint|free|open-source|source|"
     "antivirus|email|chat|CAD|utility|command-line|GUI|small|simple|"
     "shareware|freeware|Windows|Linux|macOS|DOS"},
    {"software", INTRODUCE_APPLICATION, NULL},
    {"suite", INTRODUCE_APPLICATION, "office|software|productivity|graphics"},
    {"tool", INTRODUCE_APPLICATION, "!machine|power|hand|garden"},
    {"utility", INTRODUCE_APPLICATION, "!public|electric|water"},
    {"CLI", INTRODUCE_APPLICATION, NULL},
    {"GUI", INTRODUCE_APPLICATION, NULL},
    {"IDE", INTRODUCE_APPLICATION, NULL},
    {"environment", INTRODUCE_APPLICATION, "development|desktop"},
    {"editor", INTRODUCE_APPLICATION,
     "text|code|source|image|video|audio|photo|hex|graphics|markdown|Markdown|"
     "vector|level|map|PDF|WYSIWYG|XML|JSON|SQL|diagram|notation|based|"
     "open-source|modal|terminal|outline|music|subtitle|tag|programming|"
     "collaborative|web-based|block|pixel|sprite|raster|note|font|icon"},
    {"browser", INTRODUCE_APPLICATION, NULL},
    {"client", INTRODUCE_APPLICATION, "!new|big|long-time|old|major"},
    {"server", INTRODUCE_APPLICATION, "!rack|tower|blade|1U|2U|4U"},
    {"webserver", INTRODUCE_APPLICATION, NULL},
    {"daemon", INTRODUCE_APPLICATION, NULL},
    {"database", INTRODUCE_APPLICATION, "!online|bibliographic|chemical"},
    {"DBMS", INTRODUCE_APPLICATION, NULL},
    {"datastore", INTRODUCE_APPLICATION, NULL},
    {"store", INTRODUCE_APPLICATION,
     "key-value|key/value|document|object|data"},
    {"cache", INTRODUCE_APPLICATION, "memory|in-memory|web|HTTP|proxy"},
    {"broker", INTRODUCE_APPLICATION, "message|MQTT|event"},
    {"proxy", INTRODUCE_APPLICATION, NULL},
    {"firewall", INTRODUCE_APPLICATION, NULL},
    {"hypervisor", INTRODUCE_APPLICATION, NULL},
    {"runtime", INTRODUCE_APPLICATION, NULL},
    {"compiler", INTRODUCE_APPLICATION, NULL},
    {"transpiler", INTRODUCE_APPLICATION, NULL},
    {"interpreter", INTRODUCE_APPLICATION, "!language|court|sign|simultaneous"},
    {"assembler", INTRODUCE_APPLICATION, NULL},
    {"decompiler", INTRODUCE_APPLICATION, NULL},
    {"disassembler", INTRODUCE_APPLICATION, NULL},
    {"debugger", INTRODUCE_APPLICATION, NULL},
    {"profiler", INTRODUCE_APPLICATION, "!criminal"},
    {"linter", INTRODUCE_APPLICATION, NULL},
    {"formatter", INTRODUCE_APPLICATION, NULL},
    {"emulator", INTRODUCE_APPLICATION, NULL},
    {"simulator", INTRODUCE_APPLICATION, NULL},
    {"shell", INTRODUCE_APPLICATION,
     "command|command-line|Unix|interactive|login|login|desktop|smart|user"},
    {"multiplexer", INTRODUCE_APPLICATION, "terminal"},
    {"viewer", INTRODUCE_APPLICATION, NULL},
    {"player", INTRODUCE_APPLICATION,
     "media|music|video|audio|podcast|MP3|movie|radio|multimedia|stream"},
    {"reader", INTRODUCE_APPLICATION,
     "RSS|feed|PDF|ebook|e-book|news|comic|screen|epub|EPUB|document|mail"},
    {"downloader", INTRODUCE_APPLICATION, NULL},
    {"converter", INTRODUCE_APPLICATION,
     "file|format|video|audio|image|document|markdown|Markdown|PDF|unit|media"},
    {"generator", INTRODUCE_APPLICATION,
     "site|code|parser|documentation|password|text|image|website|test|report"},
    {"builder", INTRODUCE_APPLICATION,
     "site|website|page|app|form|GUI|workflow|query|interface|bot|game"},
    {"installer", INTRODUCE_APPLICATION, NULL},
    {"launcher", INTRODUCE_APPLICATION, "!rocket|missile|grenade"},
    {"manager", INTRODUCE_APPLICATION,
     "package|password|file|window|download|clipboard|version|session|note|"
     "dependency|plugin|mod|bookmark|display|boot|environment|font|database|"
     "todo|extension|wallpaper|torrent|backup|process|cluster|workflow|disk|"
     "partition|container|snippet|secrets|ebook|library|citation|reference"},
    {"tracker", INTRODUCE_APPLICATION,
     "issue|bug|time|habit|expense|fitness|BitTorrent|error|budget|calorie"},
    {"planner", INTRODUCE_APPLICATION, "day|trip|route|task|meal|query|motion"},
    {"messenger", INTRODUCE_APPLICATION, NULL},
    {"chatbot", INTRODUCE_APPLICATION, NULL},
    {"assistant", INTRODUCE_APPLICATION, "voice|virtual|AI|coding|digital"},
    {"agent", INTRODUCE_APPLICATION, "AI|coding|mail|monitoring|user|software"},
    {"crawler", INTRODUCE_APPLICATION, "web|site|internet"},
    {"scraper", INTRODUCE_APPLICATION, NULL},
    {"analyzer", INTRODUCE_APPLICATION,
     "static|log|packet|network|code|traffic"},
    {"scanner", INTRODUCE_APPLICATION,
     "port|vulnerability|malware|virus|network"},
    {"orchestrator", INTRODUCE_APPLICATION, NULL},
    {"scheduler", INTRODUCE_APPLICATION, NULL},
    {"CMS", INTRODUCE_APPLICATION, NULL},
    {"wiki", INTRODUCE_APPLICATION, NULL},
    {"dashboard", INTRODUCE_APPLICATION, NULL},
    {"spreadsheet", INTRODUCE_APPLICATION, NULL},
    {"processor", INTRODUCE_APPLICATION, "word"},
    {"plugin", INTRODUCE_APPLICATION, NULL},
    {"plug-in", INTRODUCE_APPLICATION, NULL},
    {"extension", INTRODUCE_APPLICATION,
     "browser|Chrome|Firefox|Code|editor|GNOME|Safari|Edge|PHP|PostgreSQL"},
    {"add-on", INTRODUCE_APPLICATION, NULL},
    {"service", INTRODUCE_APPLICATION,
     "web|cloud|hosting|streaming|messaging|email|storage|music|video|online|"
     "VPN|backup|monitoring|sync|chat|search|Web|DNS|cloud-based|translation"},
    {"website", INTRODUCE_APPLICATION, NULL},
    {"engine", INTRODUCE_APPLICATION,
     "game|search|physics|rendering|storage|template|templating|workflow|"
     "database|layout|JavaScript|query|execution|chess|wiki|blog|inference|"
     "graphics|3D|regex|scripting|container|rules"},
    {"game", INTRODUCE_APPLICATION,
     "video|computer|strategy|puzzle|adventure|role-playing|racing|platform|"
     "indie|mobile|action|simulation|multiplayer|arcade|sandbox|survival|"
     "horror|fighting|PC|browser|defense|rhythm|stealth|open-world|online"},
    {"shooter", INTRODUCE_APPLICATION, "first-person|person|arena|space"},
    {"roguelike", INTRODUCE_APPLICATION, NULL},
    {"platformer", INTRODUCE_APPLICATION, NULL},
    {"solver", INTRODUCE_APPLICATION, "!problem"},
    {"prover", INTRODUCE_APPLICATION, "theorem"},
    {"system", INTRODUCE_APPLICATION,
     "build|tracking|window|templating|publishing|database|init|packaging|"
     "typesetting|ticketing|algebra|monitoring|control|file-sharing|"
     "bulletin-board|queueing|queuing|authoring"},
    {"library", INTRODUCE_LIBRARY,
     "!public|research|university|national|digital|academic|sound|sample|law|"
     "city|music|film"},
    {"framework", INTRODUCE_LIBRARY,
     "!legal|regulatory|security|theoretical|conceptual|policy|governance|"
     "agile|management|process|risk|reporting|ethical|cybersecurity"},
    {"toolkit", INTRODUCE_LIBRARY, NULL},
    {"SDK", INTRODUCE_LIBRARY, NULL},
    {"API", INTRODUCE_LIBRARY, NULL},
    {"ORM", INTRODUCE_LIBRARY, NULL},
    {"middleware", INTRODUCE_LIBRARY, NULL},
    {"package", INTRODUCE_LIBRARY,
     "R|Python|npm|Go|Haskell|Node.js|Julia|Perl"},
    {"module", INTRODUCE_LIBRARY, "Python|Perl|npm|Node.js|Go"},
    {"gem", INTRODUCE_LIBRARY, "Ruby"},
    {"crate", INTRODUCE_LIBRARY, "Rust"},
    {"wrapper", INTRODUCE_LIBRARY, NULL},
    {"distro", INTRODUCE_OPERATING_SYSTEM, NULL},
    {"distribution", INTRODUCE_OPERATING_SYSTEM,
     "Linux|GNU/Linux|BSD|Unix|Debian-based|Ubuntu-based|Arch-based"},
    {"system", INTRODUCE_OPERATING_SYSTEM, "operating"},
    {"OS", INTRODUCE_OPERATING_SYSTEM, NULL},
    {"RTOS", INTRODUCE_OPERATING_SYSTEM, NULL},
    {"unikernel", INTRODUCE_OPERATING_SYSTEM, NULL},
    {"language", INTRODUCE_LANGUAGE,
     "programming|scripting|markup|query|assembly|domain-specific|specific|"
     "compiled|interpreted|functional|typed|purpose|modeling|modelling|"
     "description|shading|templating|template|configuration|stylesheet|"
     "general-purpose|object-oriented|systems|concurrent|logic|dynamic"},
    {"computer", INTRODUCE_DEVICE, NULL},
    {"supercomputer", INTRODUCE_DEVICE, NULL},
    {"workstation", INTRODUCE_DEVICE, NULL},
    {"mainframe", INTRODUCE_DEVICE, NULL},
    {"laptop", INTRODUCE_DEVICE, NULL},
    {"notebook", INTRODUCE_DEVICE, "gaming|business|ultraportable|inch"},
    {"netbook", INTRODUCE_DEVICE, NULL},
    {"ultrabook", INTRODUCE_DEVICE, NULL},
    {"smartphone", INTRODUCE_DEVICE, NULL},
    {"phone", INTRODUCE_DEVICE, NULL},
    {"phablet", INTRODUCE_DEVICE, NULL},
    {"tablet", INTRODUCE_DEVICE, NULL},
    {"smartwatch", INTRODUCE_DEVICE, NULL},
    {"handheld", INTRODUCE_DEVICE, NULL},
    {"headset", INTRODUCE_DEVICE, NULL},
    {"console", INTRODUCE_DEVICE, "game|gaming|video|handheld|home|retro"},
    {"camera", INTRODUCE_DEVICE, NULL},
    {"printer", INTRODUCE_DEVICE, NULL},
    {"router", INTRODUCE_DEVICE, NULL},
    {"switch", INTRODUCE_DEVICE, "Ethernet|network|managed|unmanaged|port"},
    {"microcontroller", INTRODUCE_DEVICE, NULL},
    {"microprocessor", INTRODUCE_DEVICE, NULL},
    {"processor", INTRODUCE_DEVICE, "!word|text|food|payment|data|macro|image"},
    {"coprocessor", INTRODUCE_DEVICE, NULL},
    {"SoC", INTRODUCE_DEVICE, NULL},
    {"chip", INTRODUCE_DEVICE, NULL},
    {"chipset", INTRODUCE_DEVICE, NULL},
    {"CPU", INTRODUCE_DEVICE, NULL},
    {"GPU", INTRODUCE_DEVICE, NULL},
    {"FPGA", INTRODUCE_DEVICE, NULL},
    {"SBC", INTRODUCE_DEVICE, NULL},
    {"card", INTRODUCE_DEVICE,
     "graphics|sound|video|network|expansion|capture"},
    {"board", INTRODUCE_DEVICE,
     "development|evaluation|microcontroller|breakout|single|computer|"
     "expansion|FPGA|prototyping|carrier|Arduino|maker"},
    {"keyboard", INTRODUCE_DEVICE,
     "mechanical|wireless|gaming|ergonomic|split"},
    {"mouse", INTRODUCE_DEVICE, "wireless|gaming|ergonomic|optical"},
    {"NAS", INTRODUCE_DEVICE, NULL},
    {"SSD", INTRODUCE_DEVICE, NULL},
    {"synthesizer", INTRODUCE_DEVICE, "!software|speech|voice"},
    {"protocol", INTRODUCE_PROTOCOL, "!medical|treatment|clinical|diplomatic"},
    {"format", INTRODUCE_PROTOCOL,
     "file|image|audio|video|data|container|archive|document|compression|"
     "serialization|exchange|interchange|packaging|graphics"},
    {"codec", INTRODUCE_PROTOCOL, NULL},
};

bool introduce_in(struct slice word, const char *list)
{
    for (const char *p = list; *p != '\0';) {
        size_t n = strcspn(p, "|");
        if (n == word.len && memcmp(p, word.data, n) == 0) {
            return true;
        }
        p += n + (p[n] == '|');
    }
    return false;
}

/* The word as it stands inside a sentence: 'Game Launcher' is a launcher. */
static struct slice small(struct slice word, char room[LONGEST])
{
    bool title = word.len > 1 && word.len <= LONGEST &&
                 ascii_capital(word.data[0]) && !ascii_capital(word.data[1]);
    if (!title) {
        return word;
    }
    memcpy(room, word.data, word.len);
    room[0] = (char)(room[0] | 0x20);
    return slice_of(room, word.len);
}

/* What the word is, behind the one before it. */
bool introduce_noun(struct slice word, struct slice before,
                    enum introduce_kind *kind)
{
    char room[LONGEST];
    char room_before[LONGEST];
    word = small(word, room);
    struct slice plain = small(before, room_before);
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++) {
        const struct noun *n = &nouns[i];
        if (word.len == 0 || word.data[0] != n->word[0] ||
            !slice_is(word, n->word)) {
            continue;
        }
        bool not = n->after != NULL && n->after[0] == '!';
        if (n->after == NULL ||
            (introduce_in(before, n->after + not ) ||
             introduce_in(plain, n->after + not )) != not ) {
            *kind = n->kind;
            return true;
        }
    }
    return false;
}
