// Which labels letters bear: chosen by name, made on the way.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { t } from '../i18n/words';
import { MethodFault } from '../jmap/client';
import { setLabel } from '../mail/actions';
import { COLORS, keywordFor, type Label } from '../store/keepsakes';
import { plain } from '../store/people';
import { Dialog, Icon } from '../ui/parts';
import { asking } from './asking';

export function LabelDialog({ rows }: { rows: string[] }) {
  const mail = useStore();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const labels = mail.kept.labels.value;
  const found = labels.filter((each) => plain(each.name).includes(plain(typed)));
  const fresh = typed.trim() && !labels.some((each) => plain(each.name) === plain(typed.trim())) ? typed.trim() : null;
  const bears = (label: Label) => rows.every((id) => mail.email(id).value?.keywords[label.keyword]);
  const choose = (label: Label) => void setLabel(label.keyword, !bears(label), rows);
  const make = async (name: string) => {
    const taken = new Set(labels.map((each) => each.keyword.toLowerCase()));
    const keyword = keywordFor(name, taken);
    try {
      await mail.kept.set('Label', { create: { label: { name, keyword, color: COLORS[labels.length % COLORS.length], sortOrder: labels.length } } });
      setTyped('');
      void setLabel(keyword, true, rows);
    } catch (fault) {
      mail.fault(fault instanceof MethodFault ? fault : fault);
    }
  };
  const go = (index: number) => {
    const label = found[index];
    if (label) choose(label);
    else if (fresh) void make(fresh);
  };
  const count = found.length + (fresh ? 1 : 0);
  return (
    <Dialog title={t('label.title', { n: rows.length })} onClose={() => (asking.value = null)}>
      <input
        ref={input}
        class="input"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="labels-offered"
        aria-activedescendant={count ? `label-option-${at}` : undefined}
        aria-label={t('label.name')}
        placeholder={t('label.name')}
        maxLength={100}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(count - 1, at + 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
          else if (event.key === 'Enter') go(at);
          else return;
          event.preventDefault();
        }}
      />
      <div class="options" role="listbox" id="labels-offered" aria-label={t('labels')} aria-multiselectable="true" tabIndex={-1}>
        {found.map((each, i) => (
          <div key={each.id} id={`label-option-${i}`} role="option" aria-selected={bears(each)} class={`option ${i === at ? 'at' : ''}`} onClick={() => choose(each)}>
            <i class={`dot color-${each.color}`} aria-hidden="true" />
            <span>{each.name}</span>
            {bears(each) && <Icon name="check" />}
          </div>
        ))}
        {fresh && (
          <div id={`label-option-${found.length}`} role="option" aria-selected="false" class={`option ${at === found.length ? 'at' : ''}`} onClick={() => void make(fresh)}>
            <Icon name="plus" />
            <span>{t('label.make', { name: fresh })}</span>
          </div>
        )}
        {count === 0 && <p class="hint">{t('label.none')}</p>}
      </div>
    </Dialog>
  );
}
