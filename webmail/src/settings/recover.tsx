// The safety net: letters that were collected, deleted or emptied, and the way back.
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { longDate } from '../i18n/dates';
import { t } from '../i18n/words';
import { MethodFault, RECOVER } from '../jmap/client';
import type { GetAnswer } from '../jmap/shapes';
import { Button, Icon } from '../ui/parts';

interface Recoverable {
  id: string;
  subject: string | null;
  from: { name: string | null; email: string }[] | null;
  receivedAt: string;
  takenAt: string;
  mailboxName: string;
}

export default function Recover() {
  const mail = useStore();
  const able = mail.client.can(RECOVER);
  const [list, setList] = useState<Recoverable[] | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const load = () =>
    mail.client.call<GetAnswer<Recoverable>>('Recoverable/get', {}).then(
      (answer) => setList(answer.list),
      (fault) => {
        setList([]);
        if (!(fault instanceof MethodFault && fault.type === 'unknownMethod')) mail.fault(fault);
      },
    );
  useEffect(() => {
    if (able) void load();
    else setList([]);
  }, []);
  const restore = async () => {
    try {
      await mail.client.call('Recoverable/restore', { ids: [...chosen] });
      say(t('recover.done', { n: chosen.size }));
      setChosen(new Set());
      await Promise.all([load(), mail.sync()]);
    } catch (fault) {
      mail.fault(fault);
    }
  };
  return (
    <div class="room settings">
      <main class="page" id="main">
        <div class="page-inside">
          <h1 tabIndex={-1}>{t('recover.title')}</h1>
          <p>{t('recover.explained')}</p>
          {list === null ? (
            <p aria-busy="true">{t('loading')}</p>
          ) : list.length === 0 ? (
            <div class="empty">
              <Icon name="restore" size={40} />
              <p>{t('recover.nothing')}</p>
            </div>
          ) : (
            <section class="block">
              <div class="acts">
                <label>
                  <input
                    type="checkbox"
                    checked={chosen.size === list.length}
                    onChange={(event) => setChosen(new Set(event.currentTarget.checked ? list.map((each) => each.id) : []))}
                  />{' '}
                  {t('recover.all')}
                </label>
                <span class="grow" />
                <Button kind="primary" icon="restore" disabled={!chosen.size} onClick={() => void restore()}>
                  {t('recover.restore')}
                </Button>
              </div>
              <ul class="plain-list">
                {list.map((each) => (
                  <li key={each.id}>
                    <input
                      type="checkbox"
                      aria-label={each.subject || t('noSubject')}
                      checked={chosen.has(each.id)}
                      onChange={(event) => {
                        const next = new Set(chosen);
                        if (event.currentTarget.checked) next.add(each.id);
                        else next.delete(each.id);
                        setChosen(next);
                      }}
                    />
                    <span class="grow">
                      <strong>{each.subject || t('noSubject')}</strong>
                      <small>
                        {each.from?.[0]?.name || each.from?.[0]?.email || t('nobody')} · {longDate(each.receivedAt)}
                        · {t('recover.taken', { date: longDate(each.takenAt) })}
                      </small>
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </main>
    </div>
  );
}
