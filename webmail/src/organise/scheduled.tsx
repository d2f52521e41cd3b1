// Letters that leave later, and the way back.
import { useEffect } from 'preact/hooks';
import { navigate } from '../app/router';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { takeBack } from '../compose/take-back';
import { momentText } from '../i18n/dates';
import { t } from '../i18n/words';
import { correspondents } from '../mail/row';
import { Folders } from '../mail/folders';
import { Button, Icon } from '../ui/parts';

export default function Scheduled() {
  const mail = useStore();
  const all = [...mail.kept.scheduled.value.values()].sort((a, b) => (a.sendAt < b.sendAt ? -1 : 1));
  const ids = all.map((each) => each.emailId).join(' ');
  useEffect(() => {
    const unknown = ids.split(' ').filter((id) => id && !mail.peek(id));
    if (unknown.length) void mail.reload(unknown);
  }, [ids]);
  const cancel = async (submissionId: string, emailId: string) => {
    try {
      if (!(await takeBack(mail, { submissionId, emailId }))) {
        say(t('compose.tooLate'), { kind: 'fault' });
        return;
      }
      mail.forget(emailId);
      await Promise.all([mail.kept.loadScheduled(), mail.sync()]);
      navigate(`/compose?draft=${encodeURIComponent(emailId)}`);
    } catch (fault) {
      mail.fault(fault);
    }
  };
  return (
    <div class="room settings">
      <Folders />
      <main class="page" id="main">
        <div class="page-inside">
          <h1 tabIndex={-1}>{t('scheduled.title')}</h1>
          <p>{t('scheduled.explained')}</p>
          {all.length === 0 ? (
            <div class="empty">
              <Icon name="clock" size={40} />
              <p>{t('scheduled.nothing')}</p>
            </div>
          ) : (
            <section class="block">
              <ul class="plain-list">
                {all.map((each) => {
                  const email = mail.email(each.emailId).value;
                  return (
                    <li key={each.id}>
                      <Icon name="clock" size={20} />
                      <span class="grow">
                        <strong>{email?.subject || t('noSubject')}</strong>
                        <small>
                          {t('scheduled.leaves', { date: momentText(new Date(each.sendAt)) })}
                          {email && ` · ${correspondents(email, true)}`}
                        </small>
                      </span>
                      <Button kind="outline" class="small" onClick={() => void cancel(each.id, each.emailId)}>
                        {t('scheduled.cancel')}
                      </Button>
                    </li>
                  );
                })}
              </ul>
            </section>
          )}
        </div>
      </main>
    </div>
  );
}
