// Opens pages of gaz tag -t html in a headless Chromium and checks them.
//     node page.js CHROMIUM PAGE WANTED.json [PICTURE-PREFIX]
// WANTED: {"texts": [text of each document], "marks": number of mentions}.
// Talks the DevTools protocol over a pipe, so that nothing must be installed.
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const [program, page, wantedFile, picture] = process.argv.slice(2);
const wanted = JSON.parse(fs.readFileSync(wantedFile, 'utf8'));
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'gaz-page-'));
const browser = spawn(program, ['--headless', '--no-sandbox', '--disable-gpu',
    '--no-first-run', '--hide-scrollbars', '--remote-debugging-pipe',
    '--user-data-dir=' + profile, 'about:blank'],
{ stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });

let last = 0;
const waiting = new Map();
const events = [];
let rest = '';
browser.stdio[4].setEncoding('utf8');
browser.stdio[4].on('data', (data) => {
    const parts = (rest + data).split('\0');
    rest = parts.pop();
    for (const part of parts) {
        const message = JSON.parse(part);
        if (message.id !== undefined) {
            waiting.get(message.id)(message);
            waiting.delete(message.id);
        } else {
            events.push(message);
        }
    }
});

function send(method, params, sessionId) {
    return new Promise((done, fail) => {
        const id = ++last;
        waiting.set(id, (m) => (m.error ? fail(new Error(method + ': ' + m.error.message)) : done(m.result)));
        browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    });
}

let failures = 0;
function check(what, good, more) {
    if (!good) {
        failures++;
        console.log('page: ' + what + (more === undefined ? '' : ': ' + more));
    }
}

// Runs in the page; CSP does not bind what the debugger evaluates.
function look() {
    const luminance = (color) => {
        const c = color.match(/[\d.]+/g).slice(0, 3).map((v) => {
            const x = v / 255;
            return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    };
    const contrast = (e, pseudo) => {
        const style = getComputedStyle(e, pseudo);
        let under = e;
        const clear = (b) => b === 'rgba(0, 0, 0, 0)' || b === 'transparent';
        let back = style.backgroundColor;
        while (clear(back) && under !== null) {
            back = getComputedStyle(under).backgroundColor;
            under = under.parentElement;
        }
        const [a, b] = [luminance(style.color), luminance(back)].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
    };
    const marks = [...document.querySelectorAll('mark')];
    const looked = [...marks, ...document.querySelectorAll('h1, h2, li, aside p, .text')];
    return JSON.stringify({
        texts: [...document.querySelectorAll('.text')].map((e) => e.textContent),
        marks: marks.length,
        empty: marks.filter((e) => e.textContent === '' || e.getBoundingClientRect().width === 0).length,
        labels: marks.filter((e) => getComputedStyle(e, '::after').content !== JSON.stringify(e.dataset.label)).length,
        inner: marks.filter((e) => e.children.length > 0).length,
        elements: [...new Set([...document.body.querySelectorAll('*')].map((e) => e.localName))].sort().join(' '),
        handlers: [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on') || /^(src|href|style)$/.test(a.name))).length,
        legend: [...document.querySelectorAll('aside li b')].reduce((n, e) => n + Number(e.textContent), 0),
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        out: looked.filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < -0.5).length,
        contrast: Math.min(...looked.map((e) => contrast(e)), ...marks.map((e) => contrast(e, '::after'))),
        harmed: window.harmed === undefined ? 0 : 1,
        first: document.querySelector('aside').getBoundingClientRect().top < (document.querySelector('article') || document.body).getBoundingClientRect().bottom,
        styled: getComputedStyle(document.body).display,
        colors: new Set([...document.querySelectorAll('aside li')].map((e) => getComputedStyle(e).backgroundColor)).size,
    });
}

async function tip(session, scheme) {
    const focus = `(() => { const m = document.querySelector('mark'); if (!m) return null;
        m.focus(); const s = getComputedStyle(m, '::before');
        return JSON.stringify([s.content === JSON.stringify(m.dataset.tip), s.position,
            document.documentElement.scrollWidth <= document.documentElement.clientWidth]); })()`;
    const { result } = await send('Runtime.evaluate', { expression: focus }, session);
    if (result.value !== undefined && result.value !== null) {
        check(scheme + ': a focused mention tells of itself', result.value === '[true,"absolute",true]', result.value);
    }
}

async function main() {
    const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
    await send('Page.enable', {}, sessionId);
    await send('Log.enable', {}, sessionId);
    await send('Runtime.enable', {}, sessionId);
    await send('Network.enable', {}, sessionId);
    for (const scheme of ['light', 'dark']) {
        for (const width of [1100, 360]) {
            const name = scheme + ' ' + width;
            await send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 400 }, sessionId);
            await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] }, sessionId);
            events.length = 0;
            await send('Page.navigate', { url: 'file://' + path.resolve(page) }, sessionId);
            while (!events.some((e) => e.method === 'Page.loadEventFired')) {
                await new Promise((r) => setTimeout(r, 10));
            }
            const { result } = await send('Runtime.evaluate', { expression: '(' + look + ')()' }, sessionId);
            const seen = JSON.parse(result.value);
            check(name + ': the style sheet is allowed', seen.styled === 'flex', seen.styled);
            check(name + ': marks', seen.marks === wanted.marks, seen.marks + ' for ' + wanted.marks + ' mentions');
            check(name + ': the legend counts', seen.legend === wanted.marks, seen.legend);
            check(name + ': documents', seen.texts.length === wanted.texts.length, seen.texts.length);
            wanted.texts.forEach((text, i) => check(name + ': text content of document ' + i, seen.texts[i] === text,
                JSON.stringify(seen.texts[i]).slice(0, 300)));
            check(name + ': every mention is seen', seen.empty === 0, seen.empty);
            check(name + ': every mention shows its type', seen.labels === 0, seen.labels);
            check(name + ': nothing in a mention but text', seen.inner === 0, seen.inner);
            check(name + ': only our elements', /^(article )?aside (b )?(div )?h1 (h2 )?input label (li )?(mark )?p ul$/.test(seen.elements), seen.elements);
            check(name + ': no handler, link or style', seen.handlers === 0, seen.handlers);
            check(name + ': no overflow', seen.wide <= 0 && seen.out === 0, seen.wide + ' pixels, ' + seen.out + ' elements');
            check(name + ': contrast of 4.5', wanted.marks === 0 || seen.contrast >= 4.5, seen.contrast);
            check(name + ': nothing ran', seen.harmed === 0);
            check(name + ': the legend is on top', seen.first);
            check(name + ': nothing was asked of a network', !events.some((e) => e.method === 'Network.requestWillBeSent' && !e.params.request.url.startsWith('file:')));
            const logged = events.filter((e) => e.method === 'Log.entryAdded').map((e) => e.params.entry.text);
            check(name + ': nothing was complained of', logged.length === 0, logged.join('; '));
            if (picture) {
                const shot = await send('Page.captureScreenshot', { captureBeyondViewport: false }, sessionId);
                fs.writeFileSync(picture + '-' + scheme + '-' + width + '.png', Buffer.from(shot.data, 'base64'));
            }
            await tip(sessionId, name);
            if (picture && width === 360) {
                const shot = await send('Page.captureScreenshot', {}, sessionId);
                fs.writeFileSync(picture + '-' + scheme + '-tip.png', Buffer.from(shot.data, 'base64'));
            }
        }
    }
}

const timer = setTimeout(() => {
    console.log('page: the browser does not answer');
    browser.kill('SIGKILL');
    process.exit(1);
}, 60000);
main().catch((e) => {
    failures++;
    console.log('page: ' + e.message);
}).finally(() => {
    clearTimeout(timer);
    browser.once('exit', () => {
        // Its helpers may still be writing there when the browser has gone.
        try {
            fs.rmSync(profile, { recursive: true, force: true,
                                 maxRetries: 10, retryDelay: 200 });
        } catch (e) {
            console.error(`left behind: ${profile}: ${e.code}`);
        }
        process.exit(failures === 0 ? 0 : 1);
    });
    browser.kill();
});
