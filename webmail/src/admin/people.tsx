// People: new ones, their passwords, what they may hold.
import { useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { fileSize } from '../i18n/dates';
import { t } from '../i18n/words';
import { plain } from '../store/people';
import { Avatar, Button, Dialog, Field, Icon, Menu } from '../ui/parts';
import { perform, useDoing, useVerb, type DomainRow, type Person } from './verbs';

const GB = 1_000_000_000;
const SHOWN = 200;

export function People() {
  const mail = useStore();
  const [people, load] = useVerb<Person[]>('account/list');
  const [domains] = useVerb<DomainRow[]>('domain/list');
  const [typed, setTyped] = useState('');
  const [told, setTold] = useState<{ account: string; password: string } | null>(null);
  const [quota, setQuota] = useState<Person | null>(null);
  const doing = useDoing();
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    await doing(async () => {
      const made = await perform<{ account: string; password: string }>('account/add', {
        address: `${text('local')}@${text('domain')}`,
        name: text('name'),
        'impose-password': true,
        'must-change': true,
      });
      form.reset();
      setTold(made);
      await load();
    });
  };
  const change = async (verb: string, asked: Record<string, unknown>, done: string) => {
    if (await doing(() => perform(verb, asked), done)) await load();
  };
  const own = mail.client.session.username;
  const found = (people ?? []).filter((each) => plain(`${each.name} ${each.account}`).includes(plain(typed)));
  return (
    <>
      <form class="block" onSubmit={(event) => void add(event)}>
        <h2>{t('admin.newPerson')}</h2>
        <div class="two">
          <Field label={t('setup.name')}>{(id) => <input id={id} class="input" name="name" maxLength={200} required />}</Field>
          <Field label={t('admin.address')}>
            {(id) => (
              <span class="with-suffix">
                <input id={id} class="input" name="local" required maxLength={64} spellcheck={false} autoCapitalize="off" />
                <select class="input" name="domain" aria-label={t('admin.domain')}>
                  {(domains ?? []).map((each) => (
                    <option key={each.domain} value={each.domain}>
                      @{each.domain}
                    </option>
                  ))}
                </select>
              </span>
            )}
          </Field>
        </div>
        <p>{t('admin.passwordImposed')}</p>
        <Button kind="primary" icon="plus" type="submit">
          {t('admin.add')}
        </Button>
      </form>
      <section class="block">
        {people === null ? (
          <p aria-busy="true">{t('loading')}</p>
        ) : (
          <>
            {people.length > 8 && (
              <input class="input" type="search" aria-label={t('admin.find')} placeholder={t('admin.find')} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
            )}
            <ul class="plain-list">
              {found.slice(0, SHOWN).map((each) => (
                <li key={each.account}>
                  <Avatar name={each.name} email={each.account} size={36} />
                  <span class="grow">
                    <strong>
                      {each.name || each.account}
                      {each.administrator && <em class="badge">{t('admin.administrator')}</em>}
                      {!each.enabled && <em class="badge warn">{t('admin.suspended')}</em>}
                    </strong>
                    <small>
                      {each.account} · {t('quota.of', { used: fileSize(each.bytes), all: fileSize(each.quotaBytes) })} · {t('list.letters', { n: each.letters })}
                    </small>
                  </span>
                  <Menu
                    icon="more"
                    label={t('admin.actionsOn', { who: each.name || each.account })}
                    items={[
                      {
                        icon: 'key',
                        label: t('admin.newPassword'),
                        run: () => {
                          if (confirm(t('admin.newPasswordAsk', { who: each.account }))) {
                            void doing(async () => setTold(await perform('account/password', { address: each.account, 'impose-password': true, 'must-change': true })));
                          }
                        },
                      },
                      { icon: 'storage', label: t('admin.quota'), run: () => setQuota(each) },
                      ...(each.account === own
                        ? []
                        : [
                            null,
                            {
                              icon: 'safe',
                              label: each.administrator ? t('admin.notAdministrator') : t('admin.makeAdministrator'),
                              run: () => void change('account/set', { address: each.account, [each.administrator ? 'no-administrator' : 'administrator']: true }, t('saved')),
                            },
                            each.enabled
                              ? { icon: 'lock', label: t('admin.suspend'), run: () => void change('account/disable', { address: each.account }, t('admin.isSuspended', { who: each.account })) }
                              : { icon: 'undo', label: t('admin.unsuspend'), run: () => void change('account/enable', { address: each.account }, t('admin.isBack', { who: each.account })) },
                            {
                              icon: 'trash',
                              label: t('admin.remove'),
                              danger: true,
                              run: () => {
                                if (prompt(t('admin.removeAsk', { who: each.account }))?.trim() === each.account) {
                                  void change('account/remove', { address: each.account }, t('admin.removed', { what: each.account }));
                                }
                              },
                            },
                          ]),
                    ]}
                  />
                </li>
              ))}
            </ul>
            {found.length > SHOWN && <p>{t('admin.more', { n: found.length - SHOWN })}</p>}
          </>
        )}
      </section>
      {told && <Password {...told} onClose={() => setTold(null)} />}
      {quota && <Quota person={quota} onClose={() => setQuota(null)} onSave={(bytes) => void change('account/quota', { address: quota.account, bytes }, t('saved')).then(() => setQuota(null))} />}
    </>
  );
}

function Password({ account, password, onClose }: { account: string; password: string; onClose: () => void }) {
  return (
    <Dialog title={t('admin.passwordOf', { who: account })} onClose={onClose}>
      <p>{t('admin.passwordOnce')}</p>
      <p class="secret">
        <code>{password}</code>
        <Button
          kind="outline"
          class="small"
          icon="copy"
          onClick={() => void navigator.clipboard?.writeText(password).then(() => say(t('copied')), () => {})}
        >
          {t('copy', { what: t('login.password') })}
        </Button>
      </p>
    </Dialog>
  );
}

function Quota({ person, onClose, onSave }: { person: Person; onClose: () => void; onSave: (bytes: number) => void }) {
  return (
    <Dialog title={t('admin.quotaOf', { who: person.name || person.account })} onClose={onClose}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          const value = Number(new FormData(event.currentTarget as HTMLFormElement).get('gb'));
          if (value > 0) onSave(Math.round(value * GB));
        }}
      >
        <p>
          <Icon name="storage" /> {t('quota.of', { used: fileSize(person.bytes), all: fileSize(person.quotaBytes) })}
        </p>
        <Field label={t('admin.quotaGb')}>{(id) => <input id={id} class="input" name="gb" type="number" min="0.1" step="0.1" required defaultValue={String(person.quotaBytes / GB)} />}</Field>
        <Button kind="primary" type="submit">
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}
