// What an administrator asks for.
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { tell, Told } from '../app/web';

export interface Person {
  account: string;
  name: string;
  language: string;
  enabled: boolean;
  administrator: boolean;
  letters: number;
  bytes: number;
  quotaBytes: number;
  quotaLetters: number;
}

export interface Named {
  alias: string;
  kind: 'alias' | 'group';
  writers: 'anyone' | 'here' | 'members';
  targets: string[];
}

export interface DomainRow {
  domain: string;
  aliasOf: string | null;
  catchAll: string | null;
}

export interface Waiting {
  id: string;
  sender: string;
  destination: string;
  recipients: string[];
  bytes: number;
  attempts: number;
  next: string;
}

export interface Traced {
  id: string;
  sender: string;
  destination: string;
  accepted: string;
  steps: { at: string; what: string; recipients: string[]; host: string; tls: string; status: string; answer: string; next: string }[];
}

export function perform<T>(verb: string, asked: Record<string, unknown> = {}): Promise<T> {
  return tell<T>(`/web/admin/${verb}`, asked);
}

/** A list that a verb gives, and how it is asked for again. */
export function useVerb<T>(verb: string, asked: Record<string, unknown> = {}): [T | null, () => Promise<void>] {
  const mail = useStore();
  const [value, setValue] = useState<T | null>(null);
  const load = () => perform<T>(verb, asked).then(setValue, (fault) => mail.fault(fault));
  useEffect(() => void load(), []);
  return [value, load];
}

/** Does something and says how it went; true when it was done. */
export function useDoing(): (work: () => Promise<unknown>, done?: string) => Promise<boolean> {
  const mail = useStore();
  return async (work, done) => {
    try {
      await work();
      if (done) say(done);
      return true;
    } catch (fault) {
      if (fault instanceof Told) say(fault.message, { kind: 'fault' });
      else mail.fault(fault);
      return false;
    }
  };
}
