import type { EmailFull, EmailHead } from '../src/jmap/shapes';

export class FakeServer {
  constructor(options?: { user?: string; now?: number });
  emails: Map<string, EmailFull>;
  requests: { methodCalls: [string, Record<string, unknown>, string][] }[];
  submissions: Map<string, { emailId: string; undoStatus: string; envelope: { mailFrom: { parameters: Record<string, string> | null } } }>;
  down: boolean;
  refuse?: (id: string) => boolean;
  note(change: { created?: string; updated?: string; destroyed?: string }): void;
  session(): import('../src/jmap/shapes').Session;
  deliver(letter?: Partial<EmailHead> & { text?: string; html?: string; attachments?: unknown[] }): string;
  fetch: typeof fetch;
}
