// Other names of people, and groups of them.
import { t } from '../i18n/words';
import { Button, Field, Icon } from '../ui/parts';
import { perform, useDoing, useVerb, type Named } from './verbs';

const WRITERS = ['anyone', 'here', 'members'] as const;

function addresses(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((each) => each.trim())
    .filter(Boolean);
}

export function Names({ kind }: { kind: 'alias' | 'group' }) {
  const group = kind === 'group';
  const [all, load] = useVerb<Named[]>(group ? 'group/list' : 'alias/list');
  const doing = useDoing();
  const shown = all?.filter((each) => each.kind === kind) ?? null;
  const put = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const asked: Record<string, unknown> = { address: String(data.get('address') ?? '').trim(), [group ? 'member' : 'target']: addresses(String(data.get('targets') ?? '')) };
    if (group) asked.writers = String(data.get('writers') ?? 'anyone');
    if (await doing(() => perform(group ? 'group/add' : 'alias/add', asked), t('saved'))) {
      form.reset();
      await load();
    }
  };
  const remove = async (address: string) => {
    if (!confirm(t('admin.nameRemoveAsk', { address }))) return;
    if (await doing(() => perform(group ? 'group/remove' : 'alias/remove', { address }), t('admin.removed', { what: address }))) await load();
  };
  return (
    <>
      <p>{t(group ? 'admin.groupsExplained' : 'admin.aliasesExplained')}</p>
      <form class="block" onSubmit={(event) => void put(event)}>
        <div class="two">
          <Field label={t('admin.address')}>{(id) => <input id={id} class="input" name="address" type="email" required spellcheck={false} placeholder={group ? 'equipe@…' : 'contact@…'} />}</Field>
          <Field label={t(group ? 'admin.members' : 'admin.targets')} hint={t('admin.severalHint')}>
            {(id) => <input id={id} class="input" name="targets" required spellcheck={false} autoCapitalize="off" />}
          </Field>
        </div>
        {group && (
          <Field label={t('admin.writers')}>
            {(id) => (
              <select id={id} class="input" name="writers">
                {WRITERS.map((each) => (
                  <option key={each} value={each}>
                    {t(`admin.writers.${each}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Button kind="primary" icon="plus" type="submit">
          {t('admin.add')}
        </Button>
      </form>
      <section class="block">
        {shown === null ? (
          <p aria-busy="true">{t('loading')}</p>
        ) : shown.length === 0 ? (
          <p>{t(group ? 'admin.noGroups' : 'admin.noAliases')}</p>
        ) : (
          <ul class="plain-list">
            {shown.map((each) => (
              <li key={each.alias}>
                <Icon name={group ? 'people' : 'link'} size={20} />
                <span class="grow">
                  <strong>{each.alias}</strong>
                  <small>
                    {each.targets.join(', ')}
                    {group && ` · ${t(`admin.writers.${each.writers}`)}`}
                  </small>
                </span>
                <Button class="small" onClick={() => void remove(each.alias)}>
                  {t('admin.remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
