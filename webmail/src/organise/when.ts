// Moments people mean when they say later.
import { t } from '../i18n/words';

export interface Moment {
  id: string;
  label: string;
  at: Date;
}

function on(day: Date, hour: number, add = 0): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + add, hour);
}

/** The usual ones that are still to come, in order. */
export function moments(now = new Date()): Moment[] {
  const weekday = now.getDay();
  const toSaturday = (6 - weekday + 7) % 7 || 7;
  const toMonday = (8 - weekday) % 7 || 7;
  const all: Moment[] = [
    { id: 'evening', label: t('when.evening'), at: on(now, 18) },
    { id: 'tomorrow', label: t('when.tomorrow'), at: on(now, 8, 1) },
    { id: 'weekend', label: t('when.weekend'), at: on(now, 9, toSaturday) },
    { id: 'week', label: t('when.week'), at: on(now, 8, toMonday) },
    { id: 'month', label: t('when.month'), at: new Date(now.getFullYear(), now.getMonth() + 1, 1, 8) },
  ];
  const seen = new Set<number>();
  return all.filter((each) => {
    const good = each.at.getTime() > now.getTime() + 30 * 60_000 && !seen.has(each.at.getTime());
    seen.add(each.at.getTime());
    return good;
  });
}

/** As JMAP writes moments (RFC 8620 §1.4). */
export function utc(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** A moment as the field of a form has it, in the person's own time. */
export function localTime(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
