// The editor: Squire, which keeps foreign HTML as it is. What comes in is cleaned.
import { useEffect, useRef, useState } from 'preact/hooks';
import Squire from 'squire-rte';
import { t } from '../i18n/words';
import { IconButton } from '../ui/parts';

export type Cleaner = typeof import('./clean');

export interface EditorHandle {
  html(): string;
  text(): string;
  insertPicture(address: string, name: string): void;
  insertHtml(html: string): void;
  focus(): void;
}

interface Props {
  initial: string;
  label: string;
  cleaner: Cleaner;
  autoFocus: boolean;
  onInput: () => void;
  onFiles: (files: File[]) => void;
  handle: (handle: EditorHandle) => void;
}

export function Editor({ initial, label, cleaner, autoFocus, onInput, onFiles, handle }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const squire = useRef<Squire | null>(null);
  const [format, setFormat] = useState('');
  useEffect(() => {
    cleaner.trust();
    const editor = new Squire(root.current!, {
      blockTag: 'DIV',
      sanitizeToDOMFragment: cleaner.cleanFragment,
      toPlainText: null,
    } as ConstructorParameters<typeof Squire>[1]);
    squire.current = editor;
    if (initial) editor.setHTML(initial);
    editor.moveCursorToStart();
    editor.addEventListener('input', onInput);
    editor.addEventListener('pathChange', () => {
      setFormat(['b', 'i', 'u'].filter((tag) => editor.hasFormat(tag.toUpperCase())).join(''));
    });
    editor.addEventListener('pasteImage', (event: Event) => {
      const clipboard = (event as CustomEvent<{ clipboardData: DataTransfer }>).detail.clipboardData;
      onFiles([...clipboard.files]);
    });
    if (autoFocus) editor.focus();
    handle({
      html: () => editor.getHTML(),
      text: () => root.current?.innerText ?? '',
      insertPicture: (address, name) => editor.insertImage(address, { alt: name, style: 'max-width:100%' }),
      insertHtml: (html) => editor.insertHTML(html),
      focus: () => editor.focus(),
    });
    return () => editor.destroy();
  }, []);
  const on = (what: string) => format.includes(what);
  const does = (work: (editor: Squire) => unknown) => () => {
    if (squire.current) {
      work(squire.current);
      squire.current.focus();
    }
  };
  return (
    <div class="editor">
      <div class="format" role="toolbar" aria-label={t('format')}>
        <IconButton icon="bold" label={t('format.bold')} shortcut="Ctrl+B" aria-pressed={on('b')} onClick={does((e) => (on('b') ? e.removeBold() : e.bold()))} />
        <IconButton icon="italic" label={t('format.italic')} shortcut="Ctrl+I" aria-pressed={on('i')} onClick={does((e) => (on('i') ? e.removeItalic() : e.italic()))} />
        <IconButton icon="underline" label={t('format.underline')} shortcut="Ctrl+U" aria-pressed={on('u')} onClick={does((e) => (on('u') ? e.removeUnderline() : e.underline()))} />
        <i class="rule" />
        <IconButton icon="list" label={t('format.list')} onClick={does((e) => e.makeUnorderedList())} />
        <IconButton icon="numbers" label={t('format.numbers')} onClick={does((e) => e.makeOrderedList())} />
        <IconButton icon="quote" label={t('format.quote')} onClick={does((e) => e.increaseQuoteLevel())} />
        <IconButton
          icon="link"
          label={t('format.link')}
          shortcut="Ctrl+K"
          onClick={does((e) => {
            const url = prompt(t('format.linkAsk'), 'https://');
            if (url && /^(https?:|mailto:)/i.test(url)) e.makeLink(url);
          })}
        />
        <IconButton icon="clear" label={t('format.clear')} onClick={does((e) => e.removeAllFormatting())} />
      </div>
      <div ref={root} class="writing" role="textbox" aria-multiline="true" aria-label={label} tabIndex={0} />
    </div>
  );
}
