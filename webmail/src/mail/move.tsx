// Into another folder: chosen by name, by keyboard or pointer.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { t } from '../i18n/words';
import type { Mailbox } from '../jmap/shapes';
import { plain } from '../store/people';
import { Dialog, Icon, IconButton } from '../ui/parts';
import { meant, moveTo } from './actions';
import { folderTree, mailboxIcon, mailboxName } from './folders';
import { currentMailbox } from './view';

export const moving = signal<string[] | null>(null);

export function askMove(rows = meant()): void {
  if (rows.length) moving.value = rows;
}

export function MoveMenu() {
  return <IconButton icon="folder" label={t('action.move')} shortcut="v" onClick={() => askMove()} />;
}

export function MoveDialog() {
  const rows = moving.value;
  return rows ? <Choose rows={rows} /> : null;
}

function Choose({ rows }: { rows: string[] }) {
  const mail = useStore();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const { first, others } = folderTree(mail.mailboxes.value);
  const here = currentMailbox.value?.id;
  const found = [...first, ...others].filter(
    ({ box }) => box.id !== here && box.role !== 'drafts' && box.role !== 'sent' && plain(mailboxName(box)).includes(plain(typed)),
  );
  const close = () => (moving.value = null);
  const go = (box: Mailbox | undefined) => {
    if (!box) return;
    close();
    void moveTo(box, rows);
  };
  return (
    <Dialog title={t('move.title', { n: rows.length })} onClose={close}>
      <input
        ref={input}
        class="input"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="move-folders"
        aria-activedescendant={found[at] ? `move-${found[at]!.box.id}` : undefined}
        aria-label={t('move.search')}
        placeholder={t('move.search')}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
          else if (event.key === 'Enter') go(found[at]?.box);
          else return;
          event.preventDefault();
        }}
      />
      <div class="options" role="listbox" id="move-folders" aria-label={t('folders')} tabIndex={-1}>
        {found.map(({ box, depth }, i) => (
          <div
            key={box.id}
            id={`move-${box.id}`}
            role="option"
            aria-selected={i === at}
            class="option"
            style={depth ? { paddingLeft: `${0.75 + depth}rem` } : undefined}
            onClick={() => go(box)}
          >
            <Icon name={mailboxIcon(box)} />
            {mailboxName(box)}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
