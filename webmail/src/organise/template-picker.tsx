// A text to begin with, and keeping this one for the next time.
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { t } from '../i18n/words';
import type { Template } from '../store/keepsakes';
import { Button, Dialog, Field, Icon } from '../ui/parts';

export interface TemplatesProps {
  /** What is written now. */
  current: () => { subject: string; text: string; html: string };
  onPick: (template: Template) => void;
  onClose: () => void;
}

export default function TemplatePicker({ current, onPick, onClose }: TemplatesProps) {
  const mail = useStore();
  const templates = mail.kept.templates.value;
  const [naming, setNaming] = useState(false);
  useEffect(() => {
    if (!templates) void mail.kept.loadTemplates();
  }, []);
  const keep = async (event: SubmitEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name') ?? '').trim();
    const now = current();
    try {
      await mail.kept.set('Template', { create: { template: { name, subject: now.subject, textBody: now.text, htmlBody: now.html } } });
      say(t('template.kept', { name }));
      onClose();
    } catch (fault) {
      mail.fault(fault);
    }
  };
  return (
    <Dialog title={t('template.title')} onClose={onClose}>
      {templates === null ? (
        <p aria-busy="true">{t('loading')}</p>
      ) : (
        <div class="options moments">
          {templates.map((each) => (
            <button type="button" key={each.id} class="option" onClick={() => onPick(each)}>
              <Icon name="template" />
              <span>{each.name}</span>
              <small>{each.textBody.slice(0, 60)}</small>
            </button>
          ))}
          {templates.length === 0 && <p class="hint">{t('template.none')}</p>}
        </div>
      )}
      {naming ? (
        <form class="inline-form" onSubmit={(event) => void keep(event)}>
          <Field label={t('template.name')}>{(id) => <input id={id} class="input" name="name" required maxLength={100} autoFocus />}</Field>
          <Button kind="primary" type="submit">
            {t('save')}
          </Button>
        </form>
      ) : (
        <Button kind="outline" icon="plus" onClick={() => setNaming(true)}>
          {t('template.keep')}
        </Button>
      )}
    </Dialog>
  );
}
