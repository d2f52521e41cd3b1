// Asks the server: calls of one turn travel in one request.
import type { Id, Session } from './shapes';

export const CORE = 'urn:ietf:params:jmap:core';
export const MAIL = 'urn:ietf:params:jmap:mail';
export const SUBMISSION = 'urn:ietf:params:jmap:submission';
export const VACATION = 'urn:ietf:params:jmap:vacationresponse';
export const QUOTA = 'urn:ietf:params:jmap:quota';
export const DEVICES = 'urn:facteur:devices';
export const RECOVER = 'urn:facteur:recover';
export const SNOOZE = 'urn:facteur:snooze';
export const LABELS = 'urn:facteur:labels';
export const TEMPLATES = 'urn:facteur:templates';
export const CONTACTS = 'urn:ietf:params:jmap:contacts';
export const PEOPLE = 'urn:facteur:people';
export const SIEVE = 'urn:ietf:params:jmap:sieve';
export const WEBPUSH = 'urn:ietf:params:jmap:webpush-vapid';

/** The server cannot be reached. */
export class Offline extends Error {}
/** Nobody is signed in any more. */
export class SignedOut extends Error {}
/** A method, or the whole request, was refused. */
export class MethodFault extends Error {
  constructor(
    readonly type: string,
    readonly description: string,
  ) {
    super(`${type} ${description}`);
  }
}

export type Arguments = Record<string, unknown>;
export interface Call {
  name: string;
  args: Arguments;
}
interface Waiting extends Call {
  resolve: (answer: never) => void;
  reject: (fault: unknown) => void;
}
type Invocation = [string, Arguments, string];

/** What an argument takes from the answer of an earlier call of the same group. */
export function from(call: number, name: string, path: string): { resultOf: string; name: string; path: string } {
  return { resultOf: `c${call}`, name, path };
}

export class JmapClient {
  private waiting: Waiting[] = [];
  private readonly using: string[];
  readonly account: Id;
  private readonly most: number;

  constructor(
    readonly session: Session,
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
  ) {
    this.using = [CORE, MAIL, SUBMISSION, VACATION, QUOTA, DEVICES, RECOVER, SNOOZE, LABELS, TEMPLATES, CONTACTS, PEOPLE, SIEVE].filter((each) => session.capabilities[each]);
    this.account = session.primaryAccounts[MAIL] ?? Object.keys(session.accounts)[0] ?? '';
    this.most = Number(session.capabilities[CORE]?.maxCallsInRequest ?? 16);
  }

  can(capability: string): boolean {
    return capability in this.session.capabilities;
  }

  /** The most objects of one get or set. */
  get batch(): number {
    return Math.min(Number(this.session.capabilities[CORE]?.maxObjectsInSet ?? 500), 500);
  }

  /** One call; those of the same turn share a request. The account is filled in. */
  call<T>(name: string, args: Arguments): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.waiting.length === 0) queueMicrotask(() => void this.flush());
      this.waiting.push({ name, args, resolve: resolve as (answer: never) => void, reject });
    });
  }

  /** Calls that refer to one another, in one request; answers in order. Fails with the first that failed. */
  async group(calls: Call[]): Promise<Arguments[]> {
    const answers = await this.send(calls);
    return answers.map((answer) => {
      if (answer instanceof MethodFault) throw answer;
      return answer;
    });
  }

  private async flush(): Promise<void> {
    const all = this.waiting;
    this.waiting = [];
    for (let start = 0; start < all.length; start += this.most) {
      const some = all.slice(start, start + this.most);
      this.send(some).then(
        (answers) =>
          answers.forEach((answer, i) => {
            const call = some[i]!;
            if (answer instanceof MethodFault) call.reject(answer);
            else call.resolve(answer as never);
          }),
        (fault) => some.forEach((call) => call.reject(fault)),
      );
    }
  }

  private async send(calls: Call[]): Promise<(Arguments | MethodFault)[]> {
    const methodCalls = calls.map(
      ({ name, args }, i): Invocation => [name, name === 'Core/echo' || name.startsWith('PushSubscription/') ? args : { accountId: this.account, ...args }, `c${i}`],
    );
    const answer = await this.post(this.session.apiUrl, JSON.stringify({ using: this.using, methodCalls }));
    const { methodResponses } = (await answer.json()) as { methodResponses: Invocation[] };
    return calls.map((call, i) => {
      const found = methodResponses.find(([name, , id]) => id === `c${i}` && (name === call.name || name === 'error'));
      if (!found) return new MethodFault('serverFail', `${call.name} was not answered`);
      const [name, args] = found;
      return name === 'error' ? new MethodFault(String(args.type), String(args.description ?? '')) : args;
    });
  }

  private async post(url: string, body: BodyInit, type = 'application/json'): Promise<Response> {
    return answered(this.fetcher(url, { method: 'POST', body, headers: { 'Content-Type': type }, credentials: 'same-origin' }));
  }

  /** Uploads octets; the name of the blob they became. */
  async upload(octets: Blob): Promise<{ blobId: Id; type: string; size: number }> {
    const url = this.session.uploadUrl.replace('{accountId}', encodeURIComponent(this.account));
    const answer = await this.post(url, octets, octets.type || 'application/octet-stream');
    return (await answer.json()) as { blobId: Id; type: string; size: number };
  }

  /** Where a blob is downloaded. */
  download(blob: Id, name: string, type: string): string {
    return this.session.downloadUrl
      .replace('{accountId}', encodeURIComponent(this.account))
      .replace('{blobId}', encodeURIComponent(blob))
      .replace('{name}', encodeURIComponent(name))
      .replace('{type}', encodeURIComponent(type));
  }
}

/** The answer, or the fault it stands for. */
export async function answered(promise: Promise<Response>): Promise<Response> {
  let answer: Response;
  try {
    answer = await promise;
  } catch {
    throw new Offline('unreachable');
  }
  if (answer.status === 401) throw new SignedOut('signed out');
  if (answer.status === 502 || answer.status === 503 || answer.status === 504) throw new Offline(`status ${answer.status}`);
  if (!answer.ok) {
    let type = `http${answer.status}`;
    let detail = '';
    try {
      const problem = (await answer.json()) as { type?: string; detail?: string };
      type = problem.type ?? type;
      detail = problem.detail ?? '';
    } catch {
      // No problem document: the status says enough.
    }
    throw new MethodFault(type, detail);
  }
  return answer;
}

/** Who is signed in, as the server tells it. */
export async function openSession(fetcher: typeof fetch = (input, init) => fetch(input, init)): Promise<Session> {
  const answer = await answered(fetcher('/.well-known/jmap', { credentials: 'same-origin', headers: { Accept: 'application/json' } }));
  return (await answer.json()) as Session;
}
