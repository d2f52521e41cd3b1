// Written from the server's own shapes; a test holds both together.
export type Id = string;
export type UTCDate = string;

export const CAPABILITIES = {
  core: 'urn:ietf:params:jmap:core',
  mail: 'urn:ietf:params:jmap:mail',
  submission: 'urn:ietf:params:jmap:submission',
  quota: 'urn:ietf:params:jmap:quota',
  vacation: 'urn:ietf:params:jmap:vacationresponse',
  blob: 'urn:ietf:params:jmap:blob',
  websocket: 'urn:ietf:params:jmap:websocket',
  mdn: 'urn:ietf:params:jmap:mdn',
  vapid: 'urn:ietf:params:jmap:webpush-vapid',
  sieve: 'urn:ietf:params:jmap:sieve',
  contacts: 'urn:ietf:params:jmap:contacts',
  snooze: 'urn:facteur:snooze',
  bulk: 'urn:facteur:bulk',
  devices: 'urn:facteur:devices',
  recover: 'urn:facteur:recover',
  people: 'urn:facteur:people',
  labels: 'urn:facteur:labels',
  templates: 'urn:facteur:templates',
} as const;

export interface EmailAddress {
  name: string | null;
  email: string;
}

export interface MailboxRights {
  mayReadItems: boolean;
  mayAddItems: boolean;
  mayRemoveItems: boolean;
  maySetSeen: boolean;
  maySetKeywords: boolean;
  mayCreateChild: boolean;
  mayRename: boolean;
  mayDelete: boolean;
  maySubmit: boolean;
}

export interface Mailbox {
  id: Id;
  name: string;
  parentId: Id | null;
  role: string | null;
  sortOrder: number;
  totalEmails: number;
  unreadEmails: number;
  totalThreads: number;
  unreadThreads: number;
  myRights: MailboxRights;
  isSubscribed: boolean;
}

export interface Thread {
  id: Id;
  emailIds: Id[];
}

export interface EmailBodyPart {
  partId: string | null;
  blobId: Id | null;
  size: number;
  name: string | null;
  type: string;
  charset: string | null;
  disposition: string | null;
  cid: string | null;
  language: string[] | null;
  location: string | null;
}

export interface EmailBodyValue {
  value: string;
  isEncodingProblem: boolean;
  isTruncated: boolean;
}

export interface Email {
  id: Id;
  blobId: Id;
  threadId: Id;
  mailboxIds: Record<Id, true>;
  keywords: Record<string, true>;
  size: number;
  receivedAt: UTCDate;
  messageId: string[] | null;
  inReplyTo: string[] | null;
  references: string[] | null;
  sender: EmailAddress[] | null;
  from: EmailAddress[] | null;
  to: EmailAddress[] | null;
  cc: EmailAddress[] | null;
  bcc: EmailAddress[] | null;
  replyTo: EmailAddress[] | null;
  subject: string | null;
  sentAt: string | null;
  hasAttachment: boolean;
  preview: string;
  bodyValues: Record<string, EmailBodyValue>;
  textBody: EmailBodyPart[];
  htmlBody: EmailBodyPart[];
  attachments: EmailBodyPart[];
}

export interface SearchSnippet {
  emailId: Id;
  subject: string | null;
  preview: string | null;
}

export interface Identity {
  id: Id;
  name: string;
  email: string;
  replyTo: EmailAddress[] | null;
  bcc: EmailAddress[] | null;
  textSignature: string;
  htmlSignature: string;
  mayDelete: boolean;
}

export interface EnvelopeAddress {
  email: string;
  parameters: Record<string, string | null> | null;
}

export interface Envelope {
  mailFrom: EnvelopeAddress;
  rcptTo: EnvelopeAddress[];
}

export interface DeliveryStatus {
  smtpReply: string;
  delivered: 'queued' | 'yes' | 'no' | 'unknown';
  displayed: 'unknown' | 'yes';
}

export interface EmailSubmission {
  id: Id;
  identityId: Id;
  emailId: Id;
  threadId: Id;
  envelope: Envelope | null;
  sendAt: UTCDate;
  undoStatus: 'pending' | 'final' | 'canceled';
  deliveryStatus: Record<string, DeliveryStatus> | null;
  dsnBlobIds: Id[];
  mdnBlobIds: Id[];
}

export interface VacationResponse {
  id: Id;
  isEnabled: boolean;
  fromDate: UTCDate | null;
  toDate: UTCDate | null;
  subject: string | null;
  textBody: string | null;
  htmlBody: string | null;
}

export interface Quota {
  id: Id;
  resourceType: 'count' | 'octets';
  used: number;
  hardLimit: number;
  warnLimit: number | null;
  softLimit: number | null;
  scope: 'account' | 'domain' | 'global';
  name: string;
  description: string | null;
  types: string[];
}

export interface Snooze {
  id: Id;
  emailId: Id;
  until: UTCDate;
}

export interface Device {
  id: Id;
  name: string;
  protocols: ('imap' | 'pop3' | 'smtp' | 'jmap' | 'dav' | 'sieve')[];
  created: UTCDate;
  popDelete: 'hide' | 'mark-read' | 'archive' | 'destroy';
}

export interface Recoverable {
  id: Id;
  takenAt: UTCDate;
  deviceId: Id;
  mailboxName: string;
  receivedAt: UTCDate;
  from: EmailAddress[];
  subject: string;
  preview: string;
  size: number;
}

export interface Bulk {
  id: Id;
  state: 'running' | 'done' | 'undoing' | 'undone';
  total: number;
  done: number;
  refused: number;
  startedAt: UTCDate;
  canUndo: boolean;
}

export interface MDNDisposition {
  actionMode: 'manual-action' | 'automatic-action';
  sendingMode: 'mdn-sent-manually' | 'mdn-sent-automatically';
  type: 'deleted' | 'dispatched' | 'displayed' | 'processed';
}

export interface MDN {
  forEmailId: Id | null;
  subject: string | null;
  textBody: string | null;
  includeOriginalMessage: boolean;
  reportingUA: string | null;
  disposition: MDNDisposition;
  mdnGateway: string | null;
  originalRecipient: string | null;
  finalRecipient: string | null;
  originalMessageId: string | null;
  error: string[] | null;
  extensionFields: Record<string, string> | null;
}

export interface PushSubscription {
  id: Id;
  deviceClientId: string;
  verificationCode: string | null;
  expires: UTCDate;
  types: string[] | null;
}

export interface SieveScript {
  id: Id;
  name: string;
  blobId: Id;
  isActive: boolean;
}

export interface AddressBookRights {
  mayRead: boolean;
  mayWrite: boolean;
  mayShare: boolean;
  mayDelete: boolean;
}

export interface AddressBook {
  id: Id;
  name: string;
  description: string | null;
  sortOrder: number;
  isDefault: boolean;
  isSubscribed: boolean;
  shareWith: null;
  myRights: AddressBookRights;
}

export interface Person {
  name: string;
  email: string;
  cardId: Id | null;
  letters: number;
  lastAt: UTCDate | null;
}

export interface Correspondent {
  id: Id;
  email: string;
  name: string;
  letters: number;
  firstAt: UTCDate;
  lastAt: UTCDate;
}

export interface PeopleWishes {
  id: Id;
  learn: boolean;
}

export interface Label {
  id: Id;
  keyword: string;
  name: string;
  color: string;
  sortOrder: number;
}

export interface Template {
  id: Id;
  name: string;
  subject: string;
  textBody: string;
  htmlBody: string;
}

export type * from './card-types';

export type Method =
  | 'AddressBook/changes' | 'AddressBook/get' | 'AddressBook/set'
  | 'Blob/copy' | 'Blob/get' | 'Blob/lookup' | 'Blob/upload'
  | 'Bulk/changes' | 'Bulk/get' | 'Bulk/set'
  | 'ContactCard/changes' | 'ContactCard/copy' | 'ContactCard/export' | 'ContactCard/get' | 'ContactCard/import' | 'ContactCard/query' | 'ContactCard/queryChanges' | 'ContactCard/set'
  | 'Core/echo'
  | 'Correspondent/changes' | 'Correspondent/get' | 'Correspondent/set'
  | 'Device/get' | 'Device/set'
  | 'Email/changes' | 'Email/copy' | 'Email/get' | 'Email/import' | 'Email/parse' | 'Email/query' | 'Email/queryChanges' | 'Email/set'
  | 'EmailSubmission/changes' | 'EmailSubmission/get' | 'EmailSubmission/query' | 'EmailSubmission/queryChanges' | 'EmailSubmission/set'
  | 'Identity/changes' | 'Identity/get' | 'Identity/set'
  | 'Label/changes' | 'Label/get' | 'Label/set'
  | 'MDN/parse' | 'MDN/send'
  | 'Mailbox/changes' | 'Mailbox/get' | 'Mailbox/query' | 'Mailbox/queryChanges' | 'Mailbox/set'
  | 'PeopleWishes/get' | 'PeopleWishes/set'
  | 'Person/suggest'
  | 'PushSubscription/get' | 'PushSubscription/set'
  | 'Quota/changes' | 'Quota/get' | 'Quota/query' | 'Quota/queryChanges'
  | 'Recoverable/get' | 'Recoverable/restore'
  | 'SearchSnippet/get'
  | 'SieveScript/get' | 'SieveScript/query' | 'SieveScript/set' | 'SieveScript/validate'
  | 'Snooze/changes' | 'Snooze/get' | 'Snooze/set'
  | 'Template/changes' | 'Template/get' | 'Template/set'
  | 'Thread/changes' | 'Thread/get'
  | 'VacationResponse/get' | 'VacationResponse/set';
