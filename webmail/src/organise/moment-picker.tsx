// When? The usual moments, or one's own.
import { useState } from 'preact/hooks';
import { momentText } from '../i18n/dates';
import { t } from '../i18n/words';
import { Button, Dialog, Field, Icon } from '../ui/parts';
import { localTime, moments } from './when';

export interface PickerProps {
  title: string;
  verb: string;
  onPick: (at: Date) => void;
  onClose: () => void;
}

export function MomentPicker({ title, verb, onPick, onClose }: PickerProps) {
  const [fault, setFault] = useState('');
  const now = new Date();
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="options moments">
        {moments(now).map((each) => (
          <button type="button" key={each.id} class="option" onClick={() => onPick(each.at)}>
            <Icon name="clock" />
            <span>{each.label}</span>
            <small>{momentText(each.at)}</small>
          </button>
        ))}
      </div>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          const at = new Date(String(new FormData(event.currentTarget as HTMLFormElement).get('at')));
          if (at.getTime() > Date.now()) onPick(at);
          else setFault(t('when.past'));
        }}
      >
        <Field label={t('when.own')}>
          {(id) => <input id={id} class="input" type="datetime-local" name="at" required min={localTime(now)} defaultValue={localTime(new Date(now.getTime() + 3_600_000))} />}
        </Field>
        <Button kind="primary" type="submit">
          {verb}
        </Button>
      </form>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </Dialog>
  );
}
