package org.facteur.core.mailbox;

class LetterBoxMemoryTest extends LetterBoxContract {
    LetterBoxMemoryTest() {
        super(House.inMemory());
    }
}
