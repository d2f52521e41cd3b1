// One SVG sprite of the Lucide outlines that the pages use (ISC licence).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NAMES = {
  mail: 'mail', inbox: 'inbox', chat: 'message-circle', people: 'users', calendar: 'calendar', phone: 'smartphone',
  more: 'ellipsis', search: 'search', close: 'x', back: 'arrow-left', reply: 'reply', replyAll: 'reply-all',
  forward: 'forward', archive: 'archive', trash: 'trash-2', spam: 'shield-alert', safe: 'shield-check', star: 'star',
  folder: 'folder', send: 'send', draft: 'file-pen', clip: 'paperclip', check: 'check', clock: 'clock',
  settings: 'settings', menu: 'menu', print: 'printer', source: 'code', download: 'download', image: 'image',
  unread: 'mail', read: 'mail-open', label: 'tag', write: 'pen-line', moon: 'moon', sun: 'sun', left: 'chevron-left',
  right: 'chevron-right', down: 'chevron-down', bold: 'bold', italic: 'italic', underline: 'underline',
  list: 'list', numbers: 'list-ordered', quote: 'quote', link: 'link', clear: 'remove-formatting', keyboard: 'keyboard',
  palette: 'palette', globe: 'globe', lock: 'lock', storage: 'hard-drive', away: 'plane', restore: 'archive-restore',
  copy: 'copy', plus: 'plus', logout: 'log-out', alert: 'triangle-alert', info: 'info', undo: 'undo-2', file: 'file',
  refresh: 'refresh-cw', offline: 'wifi-off', signature: 'signature', eye: 'eye', help: 'circle-question-mark', server: 'server', health: 'heart-pulse', rules: 'list-filter', template: 'notebook-text', bell: 'bell', up: 'chevron-up', upload: 'upload', group: 'users-round', key: 'key-round',
};

export function sprite() {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('lucide-static/package.json')), 'icons');
  const symbols = Object.entries(NAMES).map(([name, file]) => {
    const text = readFileSync(join(folder, `${file}.svg`), 'utf8');
    const inside = text.slice(text.indexOf('>', text.indexOf('<svg')) + 1, text.lastIndexOf('</svg>'));
    return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s+/g, ' ').trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

/** The Vite plugin: `virtual:icons` gives the address of the sprite. */
export function icons() {
  let reference;
  return {
    name: 'icons',
    buildStart() {
      if (this.meta.watchMode) return;
      reference = this.emitFile({ type: 'asset', name: 'icons.svg', source: sprite() });
    },
    resolveId: (id) => (id === 'virtual:icons' ? '\0virtual:icons' : null),
    load: (id) => (id === '\0virtual:icons' ? `export default import.meta.ROLLUP_FILE_URL_${reference};` : null),
  };
}
