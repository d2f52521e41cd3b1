// What the server says its objects are is what the pages take them for: a drift fails the build.
import type * as ours from './shapes';
import type * as server from './types';

type Fits<Given extends Wanted, Wanted> = Given;

export type Agreement = [
  Fits<Omit<server.Mailbox, 'role' | 'myRights'>, Omit<ours.Mailbox, 'role' | 'myRights'>>,
  Fits<server.Identity, ours.Identity>,
  Fits<server.Quota, Omit<ours.Quota, 'hardLimit'>>,
  Fits<Pick<server.Email, keyof ours.EmailHead>, ours.EmailHead>,
];
