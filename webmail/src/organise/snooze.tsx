// Letters put aside until later.
import { useStore } from '../app/state';
import { say, undoable } from '../app/toasts';
import { momentText } from '../i18n/dates';
import { t } from '../i18n/words';
import { gather, stepOn } from '../mail/actions';
import { currentList } from '../mail/view';
import { asking } from './asking';
import { MomentPicker } from './moment-picker';
import { utc } from './when';

export function SnoozeDialog({ rows }: { rows: string[] }) {
  const mail = useStore();
  const close = () => (asking.value = null);
  const pick = async (at: Date) => {
    close();
    const list = currentList.peek();
    const letters = await gather(mail, rows);
    const gone = new Set(rows);
    stepOn(list, gone);
    if (list?.spec.mailbox) list.remove(gone);
    try {
      const create = Object.fromEntries(letters.map((each, i) => [`s${i}`, { emailId: each.id, until: utc(at) }]));
      const answer = await mail.kept.set('Snooze', { create });
      const ids = Object.values(answer.created ?? {}).map((each) => each.id);
      void mail.sync();
      undoable(t('snooze.done', { n: rows.length, date: momentText(at) }), t('undo'), () => {
        mail.kept
          .set('Snooze', { destroy: ids })
          .then(() => mail.sync())
          .catch((fault) => mail.fault(fault));
        if (list?.spec.mailbox) list.restore(rows);
      });
    } catch (fault) {
      if (list?.spec.mailbox) list.restore(rows);
      say(t('snooze.failed'), { kind: 'fault' });
      mail.fault(fault);
    }
  };
  return <MomentPicker title={t('snooze.title', { n: rows.length })} verb={t('snooze.verb')} onPick={(at) => void pick(at)} onClose={close} />;
}
