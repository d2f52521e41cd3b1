package org.facteur.wire.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RewrittenSenderTest {
    private static Optional<RewrittenSender> find(String local) {
        return RewrittenSender.find(LocalPart.of(local));
    }

    @Test
    void firstForwardersNameTheSender() {
        assertThat(find("SRS0=HaSh=TT=elsewhere.example=joe"))
                .contains(new RewrittenSender.First("hash", "tt", "elsewhere.example", "joe"));
    }

    @Test
    void whatASenderIsCalledMayHoldAnything() {
        assertThat(find("SRS0=hash=tt=a.example=list=bounce+x=y"))
                .contains(new RewrittenSender.First("hash", "tt", "a.example", "list=bounce+x=y"));
    }

    @Test
    void laterForwardersNameTheFirst() {
        assertThat(find("srs1=hash=first.example==xyz=tt=a.example=joe"))
                .contains(
                        new RewrittenSender.Next("hash", "first.example", "=xyz=tt=a.example=joe"));
    }

    @Test
    void otherSeparatorsAreRead() {
        assertThat(find("SRS0+hash=tt=a.example=joe"))
                .contains(new RewrittenSender.First("hash", "tt", "a.example", "joe"));
        assertThat(find("SRS1-hash=first.example=+hash=tt=a.example=joe"))
                .contains(
                        new RewrittenSender.Next(
                                "hash", "first.example", "+hash=tt=a.example=joe"));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        RewrittenSender first = new RewrittenSender.First("h", "tt", "a.example", "Joe.Doe");
        RewrittenSender next = new RewrittenSender.Next("h", "b.example", "=x=tt=a.example=joe");
        assertThat(find(first.local())).contains(first);
        assertThat(find(next.local())).contains(next);
        assertThat(first.signed()).isEqualTo("tt=a.example=joe.doe");
    }

    @Test
    void otherLocalPartsAreNone() {
        for (String each :
                new String[] {
                    "srs0",
                    "SRS0joe",
                    "SRS2=a=b=c=d",
                    "SRS0=",
                    "SRS0=a",
                    "SRS0=a=b",
                    "SRS0=a=b=c",
                    "SRS0=a=b=c=",
                    "SRS1=a=b",
                    "SRS1=a=b=",
                    "SRS1=a=b=c",
                    "joe"
                }) {
            assertThat(find(each)).as(each).isEmpty();
        }
    }
}
