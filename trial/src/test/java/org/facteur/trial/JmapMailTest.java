package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Mailboxes, emails and threads by JMAP.
class JmapMailTest {
    private static final String ALICE = JmapTalk.ALICE;

    @TempDir static Path directory;
    private static JmapTalk talk;

    @BeforeAll
    static void start() throws IOException {
        talk = JmapTalk.start(directory);
        assertThat(talk.account(ALICE)).isEqualTo("A1");
    }

    @AfterAll
    static void stop() throws IOException {
        talk.close();
    }

    private static JsonNode one(String name, String arguments) throws IOException {
        return talk.one(ALICE, name, arguments);
    }

    private static String mailbox(String name) throws IOException {
        JsonNode made =
                one(
                        "Mailbox/set",
                        "{\"accountId\":\"A1\",\"create\":{\"m\":{\"name\":\"" + name + "\"}}}");
        return made.get("created").get("m").get("id").stringValue();
    }

    private static String ids(JsonNode answer) {
        return answer.get("ids").toString();
    }

    private static JsonNode email(String id, String properties) throws IOException {
        return one(
                        "Email/get",
                        "{\"accountId\":\"A1\",\"ids\":[\"%s\"],\"properties\":%s}"
                                .formatted(id, properties))
                .get("list")
                .get(0);
    }

    @Test
    void mailboxesAreMadeRenamedAndRemoved() throws IOException {
        String parent = mailbox("Projets");
        JsonNode made =
                one(
                        "Mailbox/set",
                        """
                        {"accountId":"A1","create":{
                          "c":{"name":"Enfant","parentId":"#p"},"p":{"name":"Parent 2"},
                          "same":{"name":"Projets"},"odd":{"name":"a/b"}}}
                        """);
        assertThat(made.get("created").propertyNames()).containsExactlyInAnyOrder("c", "p");
        assertThat(made.get("notCreated").get("same").get("type").stringValue())
                .isEqualTo("alreadyExists");
        String child = made.get("created").get("c").get("id").stringValue();
        String second = made.get("created").get("p").get("id").stringValue();
        JsonNode refused =
                one(
                        "Mailbox/set",
                        """
                        {"accountId":"A1","onDestroyRemoveEmails":true,"destroy":["%s","B1"]}
                        """
                                .formatted(second));
        assertThat(refused.get("notDestroyed").get(second).get("type").stringValue())
                .isEqualTo("mailboxHasChild");
        assertThat(refused.get("notDestroyed").get("B1").get("type").stringValue())
                .isEqualTo("forbidden");
        JsonNode moved =
                one(
                        "Mailbox/set",
                        """
                        {"accountId":"A1","update":{"%s":{"name":"Ailleurs","parentId":"%s"}},
                         "destroy":["%s"]}
                        """
                                .formatted(child, parent, second));
        assertThat(moved.get("updated").has(child)).isTrue();
        assertThat(moved.get("destroyed").toString()).contains(second);
        talk.letter(ALICE, child, "Dedans", "x");
        JsonNode full =
                one("Mailbox/set", "{\"accountId\":\"A1\",\"destroy\":[\"" + child + "\"]}");
        assertThat(full.get("notDestroyed").get(child).get("type").stringValue())
                .isEqualTo("mailboxHasEmail");
        JsonNode changes =
                one(
                        "Mailbox/changes",
                        "{\"accountId\":\"A1\",\"sinceState\":\""
                                + made.get("newState").stringValue()
                                + "\"}");
        assertThat(changes.get("updated").toString()).contains(child);
        assertThat(changes.get("destroyed").toString()).contains(second);
    }

    @Test
    void emailsAreFoundSortedAndShown() throws IOException {
        String box = mailbox("Recherche");
        String first = talk.letter(ALICE, box, "Zèbre", "un pelage rayé");
        String second = talk.letter(ALICE, box, "Abeille", "du miel doré");
        String filter = "\"filter\":{\"inMailbox\":\"" + box + "\"}";
        JsonNode sorted =
                one(
                        "Email/query",
                        "{\"accountId\":\"A1\","
                                + filter
                                + ",\"sort\":[{\"property\":\"subject\"}],\"calculateTotal\":true}");
        assertThat(ids(sorted)).isEqualTo("[\"" + second + "\",\"" + first + "\"]");
        assertThat(sorted.get("total").intValue()).isEqualTo(2);
        String where = "{\"inMailbox\":\"" + box + "\"}";
        for (String condition :
                List.of(
                        "{\"text\":\"rayé\"}",
                        "{\"body\":\"PELAGE\"}",
                        "{\"subject\":\"zèb\"}",
                        "{\"operator\":\"NOT\",\"conditions\":[{\"text\":\"miel\"}]}",
                        "{\"header\":[\"Subject\",\"Zèbre\"]}",
                        "{\"text\":\"'pelage rayé'\"}")) {
            JsonNode found =
                    one(
                            "Email/query",
                            "{\"accountId\":\"A1\",\"filter\":{\"operator\":\"AND\",\"conditions\":["
                                    + where
                                    + ","
                                    + condition
                                    + "]}}");
            assertThat(ids(found)).as(condition).isEqualTo("[\"" + first + "\"]");
        }
        JsonNode window =
                one(
                        "Email/query",
                        "{\"accountId\":\"A1\","
                                + filter
                                + ",\"anchor\":\""
                                + first
                                + "\",\"anchorOffset\":-1,\"limit\":1}");
        assertThat(ids(window)).isEqualTo("[\"" + second + "\"]");
        JsonNode shown =
                email(
                        first,
                        "[\"subject\",\"from\",\"preview\",\"header:subject:asText\",\"mailboxIds\"]");
        assertThat(shown.get("subject").stringValue()).isEqualTo("Zèbre");
        assertThat(shown.get("header:subject:asText").stringValue()).isEqualTo("Zèbre");
        assertThat(shown.get("preview").stringValue()).isEqualTo("un pelage rayé");
        assertThat(shown.propertyNames()).contains("id").doesNotContain("keywords");
        JsonNode snippet =
                one(
                        "SearchSnippet/get",
                        "{\"accountId\":\"A1\",\"filter\":{\"text\":\"pelage\"},\"emailIds\":[\""
                                + first
                                + "\"]}");
        assertThat(snippet.get("list").get(0).get("preview").stringValue())
                .isEqualTo("un <mark>pelage</mark> rayé");
    }

    @Test
    void changesAreToldExactly() throws IOException {
        String box = mailbox("Changements");
        String kept = talk.letter(ALICE, box, "reste", "x");
        String before =
                one("Email/get", "{\"accountId\":\"A1\",\"ids\":[]}").get("state").stringValue();
        String fresh = talk.letter(ALICE, box, "neuf", "x");
        String brief = talk.letter(ALICE, box, "bref", "x");
        JsonNode set =
                one(
                        "Email/set",
                        """
                        {"accountId":"A1","ifInState":"%s","update":{"%s":{"keywords/$seen":true}}}
                        """
                                .formatted(before, kept));
        assertThat(set.get("type").stringValue()).isEqualTo("stateMismatch");
        one(
                "Email/set",
                """
                {"accountId":"A1","update":{"%s":{"keywords/$seen":true,"mailboxIds/B4":true}},
                 "destroy":["%s"]}
                """
                        .formatted(kept, brief));
        JsonNode changes =
                one("Email/changes", "{\"accountId\":\"A1\",\"sinceState\":\"" + before + "\"}");
        assertThat(changes.get("created").toString()).isEqualTo("[\"" + fresh + "\"]");
        assertThat(changes.get("updated").toString()).isEqualTo("[\"" + kept + "\"]");
        assertThat(changes.get("destroyed")).isEmpty();
        JsonNode some =
                one(
                        "Email/changes",
                        "{\"accountId\":\"A1\",\"sinceState\":\""
                                + before
                                + "\",\"maxChanges\":1}");
        assertThat(some.get("hasMoreChanges").booleanValue()).isTrue();
        assertThat(some.get("created").toString()).isEqualTo("[\"" + fresh + "\"]");
        JsonNode query =
                one(
                        "Email/queryChanges",
                        """
                        {"accountId":"A1","filter":{"inMailbox":"%s"},"sinceQueryState":"%s"}
                        """
                                .formatted(box, before));
        assertThat(query.get("removed").toString()).contains(kept, fresh);
        assertThat(query.get("added").toString()).contains(kept, fresh).doesNotContain(brief);
        JsonNode letter = email(kept, "[\"keywords\",\"mailboxIds\"]");
        assertThat(letter.get("keywords").toString()).isEqualTo("{\"$seen\":true}");
        assertThat(letter.get("mailboxIds").propertyNames()).containsExactlyInAnyOrder(box, "B4");
    }

    @Test
    void aChangeIsWholeOrNotAtAll() throws IOException {
        String box = mailbox("Entier");
        String id = talk.letter(ALICE, box, "x", "x");
        JsonNode set =
                one(
                        "Email/set",
                        """
                        {"accountId":"A1","update":{
                          "%s":{"keywords/$flagged":true,"mailboxIds/B999":true},
                          "L99999":{"keywords/$seen":true}},
                         "destroy":["L88888"]}
                        """
                                .formatted(id));
        assertThat(set.get("notUpdated").propertyNames()).contains(id, "L99999");
        assertThat(set.get("notDestroyed").get("L88888").get("type").stringValue())
                .isEqualTo("notFound");
        assertThat(email(id, "[\"keywords\"]").get("keywords")).isEmpty();
        for (String patch :
                List.of(
                        "{\"mailboxIds\":{}}",
                        "{\"keywords/a/b\":true}",
                        "{\"keywords/$seen\":false}",
                        "{\"keywords\":{},\"keywords/$seen\":true}",
                        "{\"subject\":\"y\"}",
                        "{\"keywords/a b\":true}")) {
            JsonNode refused =
                    one(
                            "Email/set",
                            "{\"accountId\":\"A1\",\"update\":{\"" + id + "\":" + patch + "}}");
            assertThat(refused.get("notUpdated").has(id)).as(patch).isTrue();
        }
    }

    @Test
    void answersShareAThread() throws IOException {
        String box = mailbox("Fils");
        String first = talk.letter(ALICE, box, "Le sujet", "x");
        JsonNode messageId = email(first, "[\"messageId\"]").get("messageId");
        JsonNode made =
                one(
                        "Email/set",
                        """
                        {"accountId":"A1","create":{"a":{"mailboxIds":{"B4":true},
                         "from":[{"email":"alice@example.org"}],"subject":"Re: Le sujet",
                         "inReplyTo":%s,"references":%s,
                         "bodyValues":{"t":{"value":"oui"}},"textBody":[{"partId":"t"}]}}}
                        """
                                .formatted(messageId, messageId));
        String second = made.get("created").get("a").get("id").stringValue();
        String thread = email(first, "[\"threadId\"]").get("threadId").stringValue();
        assertThat(made.get("created").get("a").get("threadId").stringValue()).isEqualTo(thread);
        JsonNode emails = one("Thread/get", "{\"accountId\":\"A1\",\"ids\":[\"" + thread + "\"]}");
        assertThat(emails.get("list").get(0).get("emailIds").toString())
                .isEqualTo("[\"" + first + "\",\"" + second + "\"]");
        JsonNode collapsed =
                one(
                        "Email/query",
                        "{\"accountId\":\"A1\",\"collapseThreads\":true,"
                                + "\"filter\":{\"subject\":\"sujet\"}}");
        assertThat(ids(collapsed)).isEqualTo("[\"" + second + "\"]");
    }

    @Test
    void attachmentsKeepTheirOctets() throws IOException {
        JsonNode blob =
                one(
                        "Blob/upload",
                        """
                        {"accountId":"A1","create":{"b":{"type":"image/png",
                         "data":[{"data:asBase64":"iVBORw0KGgo="}]}}}
                        """);
        String blobId = blob.get("created").get("b").get("id").stringValue();
        JsonNode made =
                one(
                        "Email/set",
                        """
                        {"accountId":"A1","create":{"a":{"mailboxIds":{"B4":true},
                         "from":[{"email":"alice@example.org"}],"subject":"image",
                         "bodyValues":{"h":{"value":"<img src=cid:i>"}},
                         "htmlBody":[{"partId":"h","type":"text/html"}],
                         "attachments":[
                           {"blobId":"%s","type":"image/png","cid":"i","disposition":"inline"},
                           {"blobId":"%s","type":"image/png","name":"été.png"}]}}}
                        """
                                .formatted(blobId, blobId));
        String id = made.get("created").get("a").get("id").stringValue();
        JsonNode email = email(id, "[\"attachments\",\"htmlBody\",\"hasAttachment\"]");
        assertThat(email.get("hasAttachment").booleanValue()).isTrue();
        JsonNode last = email.get("attachments").get(email.get("attachments").size() - 1);
        assertThat(last.get("name").stringValue()).isEqualTo("été.png");
        assertThat(last.get("size").intValue()).isEqualTo(8);
        JsonNode data =
                one(
                        "Blob/get",
                        "{\"accountId\":\"A1\",\"ids\":[\""
                                + last.get("blobId").stringValue()
                                + "\"],\"properties\":[\"data:asBase64\"]}");
        assertThat(data.get("list").get(0).get("data:asBase64").stringValue())
                .isEqualTo("iVBORw0KGgo=");
        JsonNode parsed =
                one(
                        "Email/parse",
                        "{\"accountId\":\"A1\",\"blobIds\":[\""
                                + made.get("created").get("a").get("blobId").stringValue()
                                + "\",\""
                                + blobId
                                + "\"],\"properties\":[\"subject\"]}");
        assertThat(parsed.get("parsed").toString()).contains("image");
        assertThat(parsed.get("notParsable").toString()).contains(blobId);
    }
}
