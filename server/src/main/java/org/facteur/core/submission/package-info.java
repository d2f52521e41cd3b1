/// # Letters handed in from a mailbox
///
/// **Purpose.** Sends a letter that lies in its owner's mailbox: at once or at a moment the owner
/// chose, until which it can be taken back. What became of it stays known for a while.
///
/// **Entry points.** [SubmissionDesk].
///
/// **Once.** A submission is written down before anything is sent, and handed to delivery under its
/// own key: done again after a crash, it changes nothing. What is due stands in the [Agenda], which
/// may say too much and never too little.
///
/// **Truth.** The letter goes as any other that people hand in: From must be its sender's, blind
/// copies stay blind, Date and Message-ID are added (RFC 6409 §8). It is kept as it was when it was
/// handed in, whatever becomes of the mailbox.
///
/// **Limits.** 1,000 submissions of an account are remembered, sent ones for 30 days; 100
/// recipients each.
@NullMarked
package org.facteur.core.submission;

import org.jspecify.annotations.NullMarked;
