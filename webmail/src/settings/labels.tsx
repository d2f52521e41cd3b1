// Labels: their names, their colours, their order.
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { t } from '../i18n/words';
import { COLORS, keywordFor, type Label } from '../store/keepsakes';
import { Button, Field, IconButton } from '../ui/parts';

export function Labels() {
  const mail = useStore();
  const labels = mail.kept.labels.value;
  const doing = (change: Parameters<typeof mail.kept.set>[1], done?: string) =>
    mail.kept.set('Label', change).then(
      () => done && say(done),
      (fault) => mail.fault(fault),
    );
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get('name') ?? '').trim();
    const keyword = keywordFor(name, new Set(labels.map((each) => each.keyword.toLowerCase())));
    void doing({ create: { label: { name, keyword, color: COLORS[labels.length % COLORS.length], sortOrder: labels.length } } }).then(() => form.reset());
  };
  const swap = (index: number, by: 1 | -1) => {
    const order = [...labels];
    const [one] = order.splice(index, 1);
    order.splice(index + by, 0, one!);
    void doing({ update: Object.fromEntries(order.map((each, i) => [each.id, { sortOrder: i }])) });
  };
  return (
    <>
      <p>{t('label.explained')}</p>
      <section class="block">
        {labels.length === 0 ? (
          <p>{t('label.noneYet')}</p>
        ) : (
          <ul class="plain-list">
            {labels.map((each, i) => (
              <LabelRow key={each.id} label={each} first={i === 0} last={i === labels.length - 1} onMove={(by) => swap(i, by)} doing={doing} />
            ))}
          </ul>
        )}
        <form class="inline-form" onSubmit={add}>
          <Field label={t('label.new')}>{(id) => <input id={id} class="input" name="name" required maxLength={100} placeholder={t('label.example')} />}</Field>
          <Button kind="primary" icon="plus" type="submit">
            {t('admin.add')}
          </Button>
        </form>
      </section>
    </>
  );
}

function LabelRow({
  label, first, last, onMove, doing,
}: { label: Label; first: boolean; last: boolean; onMove: (by: 1 | -1) => void; doing: (change: { update?: Record<string, unknown>; destroy?: string[] }, done?: string) => void }) {
  return (
    <li>
      <i class={`dot color-${label.color}`} aria-hidden="true" />
      <input
        class="input grow"
        aria-label={t('label.nameOf', { name: label.name })}
        defaultValue={label.name}
        maxLength={100}
        onChange={(event) => {
          const name = event.currentTarget.value.trim();
          if (name && name !== label.name) doing({ update: { [label.id]: { name } } }, t('saved'));
        }}
      />
      <select class="input narrow" aria-label={t('label.colorOf', { name: label.name })} value={label.color} onChange={(event) => doing({ update: { [label.id]: { color: event.currentTarget.value } } })}>
        {COLORS.map((each) => (
          <option key={each} value={each}>
            {t(`color.${each}`)}
          </option>
        ))}
      </select>
      <IconButton icon="up" label={t('label.up', { name: label.name })} disabled={first} onClick={() => onMove(-1)} />
      <IconButton icon="down" label={t('label.down', { name: label.name })} disabled={last} onClick={() => onMove(1)} />
      <IconButton
        icon="trash"
        label={t('label.remove', { name: label.name })}
        onClick={() => confirm(t('label.removeAsk', { name: label.name })) && doing({ destroy: [label.id] }, t('admin.removed', { what: label.name }))}
      />
    </li>
  );
}
