// What the keys do; a palette of every command; the page that tells.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/words';
import { archive, markRead, spam, star, trash, meant } from '../mail/actions';
import { askMove } from '../mail/move';
import { clearSelection, currentMailbox, cursor, neighbour, openEmail, openRow, selected, show, toggle } from '../mail/view';
import { askLabel, askSnooze } from '../organise/asking';
import { plain } from '../store/people';
import { Dialog } from '../ui/parts';
import { allCommands, register, type Command } from './keys';
import { mailPath, navigate, route } from './router';
import { say, undoLast } from './toasts';

const paletteShown = signal(false);

function step(by: 1 | -1): void {
  const next = neighbour(by);
  if (!next) return;
  cursor.value = next;
  if (openEmail.peek()) show(next, { replace: true });
}

function respond(kind: 'reply' | 'all' | 'forward'): boolean {
  const id = openEmail.peek() ?? cursor.peek();
  if (!id) return false;
  navigate(`/compose?${kind}=${encodeURIComponent(id)}`);
  return true;
}

function escape(): boolean {
  if (selected.peek().size) clearSelection();
  else if (openEmail.peek()) show(null);
  else return false;
  return true;
}

function go(role: string): () => void {
  return () => navigate(mailPath(role));
}

const COMMANDS = (help: () => void): Command[] => [
  { id: 'compose', label: 'key.compose', keys: ['c'], run: () => navigate('/compose') },
  { id: 'search', label: 'search', keys: ['/'], run: () => document.getElementById('search')?.focus() },
  { id: 'next', label: 'key.next', keys: ['j', 'ArrowDown'], run: () => step(1) },
  { id: 'previous', label: 'key.previous', keys: ['k', 'ArrowUp'], run: () => step(-1) },
  {
    id: 'open',
    label: 'key.open',
    keys: ['o', 'Enter'],
    run: () => {
      const id = cursor.peek();
      const focused = document.activeElement;
      if (!id || (focused instanceof HTMLElement && focused.matches('button, a, summary, label, [role=option]'))) return false;
      openRow(id);
      return true;
    },
  },
  { id: 'back', label: 'back', keys: ['u', 'Escape'], run: escape },
  { id: 'select', label: 'key.select', keys: ['x'], run: () => (cursor.peek() ? toggle(cursor.peek()!) : false) },
  { id: 'archive', label: 'action.archive', keys: ['e'], run: () => void archive() },
  { id: 'trash', label: 'action.trash', keys: ['#', 'Shift+#', 'Delete'], run: () => void trash() },
  { id: 'spam', label: 'action.spam', keys: ['!', 'Shift+!'], run: () => void spam() },
  { id: 'reply', label: 'action.reply', keys: ['r'], run: () => respond('reply') },
  { id: 'replyAll', label: 'action.replyAll', keys: ['a'], run: () => respond('all') },
  { id: 'forward', label: 'action.forward', keys: ['f'], run: () => respond('forward') },
  { id: 'star', label: 'action.star', keys: ['s'], run: () => void star(meant()) },
  { id: 'move', label: 'action.move', keys: ['v'], run: () => askMove() },
  { id: 'label', label: 'action.label', keys: ['l'], run: () => askLabel() },
  { id: 'snooze', label: 'action.snooze', keys: ['b'], run: () => askSnooze() },
  { id: 'unread', label: 'action.unread', keys: ['Shift+U'], run: () => void markRead(false) },
  { id: 'read', label: 'action.read', keys: ['Shift+I'], run: () => void markRead(true) },
  { id: 'undo', label: 'undo', keys: ['z', 'Ctrl+z'], run: () => undoLast() || (say(t('undo.nothing')), true) },
  { id: 'print', label: 'action.print', keys: ['p'], run: () => (openEmail.peek() ? print() : false) },
  { id: 'inbox', label: 'folder.inbox', keys: ['g i'], run: go('inbox') },
  { id: 'drafts', label: 'folder.drafts', keys: ['g d'], run: go('drafts') },
  { id: 'sent', label: 'folder.sent', keys: ['g t'], run: go('sent') },
  { id: 'archives', label: 'folder.archive', keys: ['g a'], run: go('archive') },
  { id: 'trashes', label: 'folder.trash', keys: ['g c'], run: go('trash') },
  { id: 'settings', label: 'room.settings', keys: ['g s'], run: () => navigate('/settings/appearance') },
  { id: 'palette', label: 'key.palette', keys: ['Ctrl+k'], run: () => void (paletteShown.value = true) },
  { id: 'help', label: 'help.keys', keys: ['?', 'Shift+?'], run: help },
];

const ONLY_MAIL = new Set(['next', 'previous', 'open', 'select', 'archive', 'trash', 'spam', 'reply', 'replyAll', 'forward', 'star', 'move', 'label', 'snooze', 'unread', 'read']);

export function useMailKeys(help: () => void): void {
  useEffect(() => {
    const inMail = () => ['mail', 'search', 'label'].includes(route.peek().page);
    return register(
      COMMANDS(help).map((each) => (ONLY_MAIL.has(each.id) ? { ...each, run: () => (inMail() ? each.run() : false) } : each)),
    );
  }, []);
}

function keyText(key: string): string {
  return key
    .replace('ArrowDown', '↓')
    .replace('ArrowUp', '↑')
    .replace(/^Shift\+([#!?])$/, '$1')
    .replace('Enter', '↵')
    .replace('Escape', t('key.escape'))
    .replace('Delete', t('key.delete'));
}

export function KeyTable() {
  return (
    <dl class="keys">
      {allCommands()
        .filter((each) => each.keys.length)
        .map((each) => (
          <div key={each.id}>
            <dt>{t(each.label)}</dt>
            <dd>
              {[...new Set(each.keys.map(keyText))].map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
    </dl>
  );
}

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('help.keys')} onClose={onClose} wide>
      <KeyTable />
    </Dialog>
  );
}

export function Palette() {
  return paletteShown.value ? <PaletteDialog onClose={() => (paletteShown.value = false)} /> : null;
}

function PaletteDialog({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const found = allCommands().filter((each) => each.id !== 'palette' && plain(t(each.label)).includes(plain(typed)));
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    setTimeout(() => command.run(), 0);
  };
  return (
    <Dialog title={t('key.palette')} onClose={onClose}>
      <input
        ref={input}
        class="input"
        role="combobox"
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant={found[at] ? `command-${found[at]!.id}` : undefined}
        aria-label={t('key.palette')}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
          else if (event.key === 'Enter') run(found[at]);
          else return;
          event.preventDefault();
        }}
      />
      <div class="options" role="listbox" id="commands" aria-label={t('key.palette')} tabIndex={-1}>
        {found.map((each, i) => (
          <div key={each.id} id={`command-${each.id}`} role="option" aria-selected={i === at} class="option" onClick={() => run(each)}>
            <span>{t(each.label)}</span>
            <kbd>{keyText(each.keys[0] ?? '')}</kbd>
          </div>
        ))}
      </div>
    </Dialog>
  );
}

export { currentMailbox };
