// Written from the server's own shapes; a test holds both together.
import type { Id, UTCDate } from './types';

export interface ContactCard {
  id: Id;
  addressBookIds: Record<Id, true>;
  version?: string;
  created?: UTCDate;
  kind?: string;
  language?: string;
  members?: Record<string, true>;
  prodId?: string;
  relatedTo?: Record<string, CardRelation>;
  uid: string;
  updated?: UTCDate;
  name?: CardName;
  nicknames?: Record<string, CardNickname>;
  organizations?: Record<string, CardOrganization>;
  speakToAs?: CardSpeakToAs;
  titles?: Record<string, CardTitle>;
  emails?: Record<string, CardEmailAddress>;
  onlineServices?: Record<string, CardOnlineService>;
  phones?: Record<string, CardPhone>;
  preferredLanguages?: Record<string, CardLanguagePref>;
  calendars?: Record<string, CardCalendar>;
  schedulingAddresses?: Record<string, CardSchedulingAddress>;
  addresses?: Record<string, CardAddress>;
  cryptoKeys?: Record<string, CardCryptoKey>;
  directories?: Record<string, CardDirectory>;
  links?: Record<string, CardLink>;
  media?: Record<string, CardMedia>;
  anniversaries?: Record<string, CardAnniversary>;
  keywords?: Record<string, true>;
  notes?: Record<string, CardNote>;
  personalInfo?: Record<string, CardPersonalInfo>;
}

export interface CardName {
  components?: CardNameComponent[];
  isOrdered?: boolean;
  defaultSeparator?: string;
  full?: string;
  sortAs?: Record<string, string>;
  phoneticScript?: string;
  phoneticSystem?: string;
}

export interface CardNameComponent {
  value: string;
  kind: string;
  phonetic?: string;
}

export interface CardNickname {
  name: string;
  contexts?: Record<string, true>;
  pref?: number;
}

export interface CardOrganization {
  name?: string;
  units?: CardOrgUnit[];
  sortAs?: string;
  contexts?: Record<string, true>;
}

export interface CardOrgUnit {
  name: string;
  sortAs?: string;
}

export interface CardSpeakToAs {
  grammaticalGender?: string;
  pronouns?: Record<string, CardPronouns>;
}

export interface CardPronouns {
  pronouns: string;
  contexts?: Record<string, true>;
  pref?: number;
}

export interface CardTitle {
  name: string;
  kind?: string;
  organizationId?: string;
}

export interface CardEmailAddress {
  address: string;
  contexts?: Record<string, true>;
  pref?: number;
  label?: string;
}

export interface CardOnlineService {
  service?: string;
  uri?: string;
  user?: string;
  contexts?: Record<string, true>;
  pref?: number;
  label?: string;
}

export interface CardPhone {
  number: string;
  features?: Record<string, true>;
  contexts?: Record<string, true>;
  pref?: number;
  label?: string;
}

export interface CardLanguagePref {
  language: string;
  contexts?: Record<string, true>;
  pref?: number;
}

export interface CardSchedulingAddress {
  uri: string;
  contexts?: Record<string, true>;
  pref?: number;
  label?: string;
}

export interface CardAddress {
  components?: CardAddressComponent[];
  isOrdered?: boolean;
  countryCode?: string;
  coordinates?: string;
  timeZone?: string;
  contexts?: Record<string, true>;
  full?: string;
  defaultSeparator?: string;
  pref?: number;
  phoneticScript?: string;
  phoneticSystem?: string;
}

export interface CardAddressComponent {
  value: string;
  kind: string;
  phonetic?: string;
}

export interface CardCalendar {
  kind?: string;
  uri: string;
  mediaType?: string;
  contexts?: Record<string, true>;
  pref?: number;
  label?: string;
}

export interface CardCryptoKey {
  kind?: string;
  uri: string;
  mediaType?: string;
  contexts?: Record<string, true>;
  pref?: number;
  label?: string;
}

export interface CardDirectory {
  kind?: string;
  uri: string;
  mediaType?: string;
  contexts?: Record<string, true>;
  pref?: number;
  label?: string;
  listAs?: number;
}

export interface CardLink {
  kind?: string;
  uri: string;
  mediaType?: string;
  contexts?: Record<string, true>;
  pref?: number;
  label?: string;
}

export interface CardMedia {
  kind: string;
  uri?: string;
  blobId?: string;
  mediaType?: string;
  contexts?: Record<string, true>;
  pref?: number;
  label?: string;
}

export interface CardAnniversary {
  kind: string;
  date: CardDate;
  place?: CardAddress;
}

export interface CardDate {
  utc?: UTCDate;
  year?: number;
  month?: number;
  day?: number;
  calendarScale?: string;
}

export interface CardNote {
  note: string;
  created?: UTCDate;
  author?: CardAuthor;
}

export interface CardAuthor {
  name?: string;
  uri?: string;
}

export interface CardPersonalInfo {
  kind: string;
  value: string;
  level?: string;
  listAs?: number;
  label?: string;
}

export interface CardRelation {
  relation?: Record<string, true>;
}
