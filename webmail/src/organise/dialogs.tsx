// Labels and later, for the letters that are meant.
import { asking } from './asking';
import { LabelDialog } from './label-picker';
import { SnoozeDialog } from './snooze';

export default function Dialogs() {
  const asked = asking.value;
  if (!asked) return null;
  return asked.what === 'label' ? <LabelDialog rows={asked.rows} /> : <SnoozeDialog rows={asked.rows} />;
}
