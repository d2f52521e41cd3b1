// The objects of RFC 8620 and RFC 8621 as the pages use them.

export type Id = string;

export interface Session {
  apiUrl: string;
  downloadUrl: string;
  uploadUrl: string;
  eventSourceUrl: string;
  username: string;
  state: string;
  capabilities: Record<string, Record<string, unknown>>;
  accounts: Record<Id, { name: string; isPersonal: boolean; isReadOnly: boolean; accountCapabilities: Record<string, Record<string, unknown>> }>;
  primaryAccounts: Record<string, Id>;
}

export type Role = 'inbox' | 'archive' | 'drafts' | 'sent' | 'trash' | 'junk' | 'important' | 'snoozed' | 'all';

export interface Mailbox {
  id: Id;
  name: string;
  parentId: Id | null;
  role: Role | null;
  sortOrder: number;
  totalEmails: number;
  unreadEmails: number;
  totalThreads: number;
  unreadThreads: number;
  isSubscribed: boolean;
  myRights?: Record<string, boolean>;
}

export interface Address {
  name: string | null;
  email: string;
}

/** What a list shows. */
export interface EmailHead {
  id: Id;
  blobId: Id;
  threadId: Id;
  mailboxIds: Record<Id, true>;
  keywords: Record<string, true>;
  size: number;
  receivedAt: string;
  from: Address[] | null;
  to: Address[] | null;
  cc: Address[] | null;
  subject: string | null;
  preview: string;
  hasAttachment: boolean;
}

export interface BodyPart {
  partId: string | null;
  blobId: Id | null;
  size: number;
  name: string | null;
  type: string;
  charset?: string | null;
  disposition: string | null;
  cid: string | null;
}

/** What reading and answering need. */
export interface EmailFull extends EmailHead {
  bcc: Address[] | null;
  replyTo: Address[] | null;
  sentAt: string | null;
  messageId: string[] | null;
  references: string[] | null;
  inReplyTo: string[] | null;
  textBody: BodyPart[];
  htmlBody: BodyPart[];
  attachments: BodyPart[];
  bodyValues: Record<string, { value: string; isTruncated: boolean; isEncodingProblem: boolean }>;
}

export interface Identity {
  id: Id;
  name: string;
  email: string;
  replyTo: Address[] | null;
  bcc: Address[] | null;
  textSignature: string;
  htmlSignature: string;
  mayDelete: boolean;
}

export interface Quota {
  id: Id;
  resourceType: string;
  used: number;
  hardLimit: number;
  scope: string;
}

export interface VacationResponse {
  id: 'singleton';
  isEnabled: boolean;
  fromDate: string | null;
  toDate: string | null;
  subject: string | null;
  textBody: string | null;
  htmlBody: string | null;
}

/** RFC 8621 §4.4.1, the conditions that the search box makes. */
export interface Condition {
  inMailbox?: Id;
  inMailboxOtherThan?: Id[];
  before?: string;
  after?: string;
  minSize?: number;
  maxSize?: number;
  hasKeyword?: string;
  notKeyword?: string;
  hasAttachment?: boolean;
  text?: string;
  from?: string;
  to?: string;
  subject?: string;
  body?: string;
  header?: string[];
}
export type Filter = Condition | { operator: 'AND' | 'OR' | 'NOT'; conditions: Filter[] };

export interface QueryAnswer {
  queryState: string;
  canCalculateChanges: boolean;
  position: number;
  ids: Id[];
  total?: number;
}

export interface GetAnswer<T> {
  state: string;
  list: T[];
  notFound: Id[];
}

export interface ChangesAnswer {
  oldState: string;
  newState: string;
  hasMoreChanges: boolean;
  created: Id[];
  updated: Id[];
  destroyed: Id[];
}

export interface SetFault {
  type: string;
  description?: string;
  properties?: string[];
}

export interface SetAnswer<T = Record<string, unknown>> {
  oldState: string | null;
  newState: string;
  created: Record<Id, T> | null;
  updated: Record<Id, T | null> | null;
  destroyed: Id[] | null;
  notCreated: Record<Id, SetFault> | null;
  notUpdated: Record<Id, SetFault> | null;
  notDestroyed: Record<Id, SetFault> | null;
}

/** A change of an Email by path: `keywords/$seen`, `mailboxIds/B1`. */
export type Patch = Record<string, unknown>;
