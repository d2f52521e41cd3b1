// Dates and sizes as people say them.
import { language, t } from './words';

const DAY = 86_400_000;

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  const key = language.value + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(language.value === 'fr' ? 'fr-FR' : 'en-GB', options);
    formats.set(key, made);
  }
  return made.format(date);
}

/** For a row of a list: 12:41, hier, mar., 12 nov., 03/02/2024. */
export function shortDate(text: string, now = new Date()): string {
  const date = new Date(text);
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY);
  if (days === 0) return format(date, { hour: '2-digit', minute: '2-digit' });
  if (days === 1) return t('date.yesterday');
  if (days > 1 && days < 7) return format(date, { weekday: 'short' });
  if (date.getFullYear() === now.getFullYear()) return format(date, { day: 'numeric', month: 'short' });
  return format(date, { day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** For a letter: aujourd’hui 21:36, hier 08:00, 12 novembre 2026 à 14:02. */
export function longDate(text: string, now = new Date()): string {
  const date = new Date(text);
  const time = format(date, { hour: '2-digit', minute: '2-digit' });
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY);
  if (days === 0) return t('date.todayAt', { time });
  if (days === 1) return t('date.yesterdayAt', { time });
  return writtenDate(text);
}

/** For what is kept: 22 novembre 2026 à 14:02, whatever day it is read on. */
export function writtenDate(text: string): string {
  const date = new Date(text);
  const time = format(date, { hour: '2-digit', minute: '2-digit' });
  return t('date.at', { date: format(date, { day: 'numeric', month: 'long', year: 'numeric' }), time });
}

export function fullDate(text: string): string {
  return format(new Date(text), { dateStyle: 'full', timeStyle: 'medium' });
}

export function clock(date: Date): string {
  return format(date, { hour: '2-digit', minute: '2-digit' });
}

/** 412 Ko, 3,8 Go; in English kB, GB. */
export function fileSize(octets: number): string {
  const units = language.value === 'fr' ? ['octets', 'Ko', 'Mo', 'Go', 'To'] : ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = octets;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  const text = new Intl.NumberFormat(language.value, { maximumFractionDigits: digits }).format(value);
  return `${text}\u00a0${units[unit]}`;
}

/** When something will be: aujourd’hui 18:00, demain 08:00, sam. 28 nov. 09:00. */
export function momentText(date: Date, now = new Date()): string {
  const time = format(date, { hour: '2-digit', minute: '2-digit' });
  const days = Math.round((startOfDay(date) - startOfDay(now)) / DAY);
  if (days === 0) return t('date.todayAt', { time });
  if (days === 1) return t('date.tomorrowAt', { time });
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return t('date.at', { date: format(date, { weekday: 'short', day: 'numeric', month: 'short', ...year }), time });
}
