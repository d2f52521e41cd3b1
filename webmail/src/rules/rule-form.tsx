// One rule being made or changed.
import { useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { t } from '../i18n/words';
import { folderTree, mailboxName } from '../mail/folders';
import type { Mailbox } from '../jmap/shapes';
import type { MailStore } from '../store/mail';
import { Button, Field, IconButton, Switch } from '../ui/parts';
import type { Action, Condition, Rule } from './sieve';

const FIELDS = ['from', 'to', 'subject', 'list', 'body', 'size'] as const;
const KINDS = ['move', 'label', 'star', 'read', 'forward'] as const;

/** The whole name of a mailbox, as mail programs have it. */
function wholeName(mail: MailStore, box: Mailbox): string {
  const names = [box.name];
  const seen = new Set([box.id]);
  for (let at = box.parentId; at && !seen.has(at); ) {
    const parent = mail.mailboxes.value.find((each) => each.id === at);
    if (!parent) break;
    seen.add(at);
    names.unshift(parent.name);
    at = parent.parentId;
  }
  return box.role === 'inbox' ? 'INBOX' : names.join('/');
}

function fresh(): Rule {
  const from = new URLSearchParams(location.search).get('from') ?? '';
  return { name: from, on: true, all: true, conditions: [{ field: 'from', not: false, value: from }], actions: [{ kind: 'star' }], stop: false };
}

export function RuleForm({ rule, onSave, onCancel }: { rule: Rule | null; onSave: (rule: Rule) => void; onCancel: () => void }) {
  const mail = useStore();
  const [made, setMade] = useState<Rule>(() => rule ?? fresh());
  const set = (part: Partial<Rule>) => setMade({ ...made, ...part });
  const condition = (at: number, part: Partial<Condition>) => set({ conditions: made.conditions.map((each, i) => (i === at ? { ...each, ...part } : each)) });
  const action = (at: number, next: Action) => set({ actions: made.actions.map((each, i) => (i === at ? next : each)) });
  const { first, others } = folderTree(mail.mailboxes.value);
  const boxes = [...first, ...others].map(({ box }) => box).filter((box) => box.role !== 'drafts' && box.role !== 'sent');
  const labels = mail.kept.labels.value;
  const begun = (kind: Action['kind']): Action => {
    const box = boxes.find((each) => each.role === 'archive') ?? boxes[0]!;
    switch (kind) {
      case 'move':
        return { kind, mailbox: wholeName(mail, box), id: box.id };
      case 'label':
        return { kind, keyword: labels[0]?.keyword ?? '' };
      case 'forward':
        return { kind, address: '' };
      case 'star':
      case 'read':
        return { kind };
    }
  };
  return (
    <form
      class="block rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ ...made, name: made.name.trim() });
      }}
    >
      <Field label={t('rules.name')}>{(id) => <input id={id} class="input" required maxLength={100} value={made.name} onInput={(event) => set({ name: event.currentTarget.value })} />}</Field>
      <fieldset>
        <legend>{t('rules.when')}</legend>
        {made.conditions.map((each, i) => (
          <div class="rule-line" key={i}>
            <select class="input" aria-label={t('rules.field')} value={each.field} onChange={(event) => condition(i, { field: event.currentTarget.value as Condition['field'] })}>
              {FIELDS.map((field) => (
                <option key={field} value={field}>
                  {t(`rules.field.${field}`)}
                </option>
              ))}
            </select>
            <select class="input" aria-label={t('rules.how')} value={each.not ? 'not' : 'yes'} onChange={(event) => condition(i, { not: event.currentTarget.value === 'not' })}>
              <option value="yes">{t(each.field === 'size' ? 'rules.over' : 'rules.contains')}</option>
              <option value="not">{t(each.field === 'size' ? 'rules.notOver' : 'rules.containsNot')}</option>
            </select>
            <input
              class="input"
              aria-label={t('rules.value')}
              {...({ type: each.field === 'size' ? 'number' : 'text' } as object)}
              min="0"
              step="any"
              required
              maxLength={200}
              value={each.value}
              onInput={(event) => condition(i, { value: event.currentTarget.value })}
            />
            <IconButton icon="close" label={t('rules.dropCondition')} disabled={made.conditions.length < 2} onClick={() => set({ conditions: made.conditions.filter((_, at) => at !== i) })} />
          </div>
        ))}
        <div class="acts">
          <button type="button" class="link" onClick={() => set({ conditions: [...made.conditions, { field: 'subject', not: false, value: '' }] })}>
            {t('rules.moreConditions')}
          </button>
          {made.conditions.length > 1 && (
            <select class="input narrow" aria-label={t('rules.how')} value={made.all ? 'all' : 'any'} onChange={(event) => set({ all: event.currentTarget.value === 'all' })}>
              <option value="all">{t('rules.all')}</option>
              <option value="any">{t('rules.any')}</option>
            </select>
          )}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t('rules.then')}</legend>
        {made.actions.map((each, i) => (
          <div class="rule-line" key={i}>
            <select class="input" aria-label={t('rules.action')} value={each.kind} onChange={(event) => action(i, begun(event.currentTarget.value as Action['kind']))}>
              {KINDS.filter((kind) => kind !== 'label' || labels.length).map((kind) => (
                <option key={kind} value={kind}>
                  {t(`rules.action.${kind}`)}
                </option>
              ))}
            </select>
            {each.kind === 'move' && (
              <select
                class="input"
                aria-label={t('rules.where')}
                value={each.id}
                onChange={(event) => {
                  const box = boxes.find((other) => other.id === event.currentTarget.value);
                  if (box) action(i, { kind: 'move', mailbox: wholeName(mail, box), id: box.id });
                }}
              >
                {boxes.map((box) => (
                  <option key={box.id} value={box.id}>
                    {mailboxName(box)}
                  </option>
                ))}
              </select>
            )}
            {each.kind === 'label' && (
              <select class="input" aria-label={t('label.name')} value={each.keyword} onChange={(event) => action(i, { kind: 'label', keyword: event.currentTarget.value })}>
                {labels.map((label) => (
                  <option key={label.id} value={label.keyword}>
                    {label.name}
                  </option>
                ))}
              </select>
            )}
            {each.kind === 'forward' && (
              <input class="input" type="email" aria-label={t('admin.address')} required value={each.address} onInput={(event) => action(i, { kind: 'forward', address: event.currentTarget.value.trim() })} />
            )}
            <IconButton icon="close" label={t('rules.dropAction')} disabled={made.actions.length < 2} onClick={() => set({ actions: made.actions.filter((_, at) => at !== i) })} />
          </div>
        ))}
        <button type="button" class="link" onClick={() => set({ actions: [...made.actions, begun('move')] })}>
          {t('rules.moreActions')}
        </button>
      </fieldset>
      <Switch label={t('rules.stop')} checked={made.stop} onChange={(stop) => set({ stop })} />
      <div class="acts">
        <Button kind="primary" type="submit">
          {t('save')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
