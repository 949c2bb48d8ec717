// Every statement the table of sends runs more than once, prepared when the file is opened. Only
// for SqliteSendTable.
#pragma once

#include <string>

#include "services/notification/sending/sqlite_send_rows.h"
#include "services/notification/sending/sqlite_send_table.h"

namespace kkr::notification {

struct SqliteSendTable::Statements {
  explicit Statements(platform::SqliteConnection& to)
      : dispatched(to.prepare("SELECT generation, position, hash FROM dispatched")),
        mark_dispatched(to.prepare("INSERT OR REPLACE INTO dispatched VALUES (1, ?, ?, ?)")),
        put_in(to.prepare(
            "INSERT INTO sends (id, occasion, subject, recipient, step, municipality, round, "
            "due_at,"
            " facts, state, reason, untried, changed_at, gap, attempts, holder, ready_at,"
            " held_until, message_id, channel, person, address, name, language, letter_subject,"
            " letter_text, letter_html) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, '', "
            "0,"
            " 0, '', '', '', '', '', '', '', '', '') ON CONFLICT DO NOTHING")),
        due(to.prepare((std::string(kSelectSend) +
                        " WHERE sends.state IN ('PLANNED', 'SENDING', 'DEFERRED') AND ready_at <= ?"
                        " AND held_until <= ? ORDER BY ready_at, number LIMIT ?")
                           .c_str())),
        take(to.prepare("UPDATE sends SET holder = ?, ready_at = ?, held_until = 0"
                        " WHERE number = ?")),
        end_leases(to.prepare("UPDATE sends SET holder = '', ready_at = 0"
                              " WHERE state = 'SENDING' AND holder <> ''")),
        write(to.prepare(
            "UPDATE sends SET attempts = attempts + 1, message_id = ?, channel = ?, person = ?,"
            " address = ?, name = ?, language = ?, letter_subject = ?, letter_text = ?,"
            " letter_html = ?, message = ? WHERE id = ? AND holder = ? AND state = 'SENDING'"
            " AND NOT EXISTS (SELECT 1 FROM erased_persons e WHERE e.person = ?)")),
        held(to.prepare("SELECT number FROM sends"
                        " WHERE id = ? AND holder = ? AND state = 'SENDING'")),
        move(to.prepare("UPDATE sends SET state = ?, reason = ?, changed_at = ?"
                        " WHERE number = ?")),
        note(to.prepare("INSERT INTO transitions SELECT ?1, coalesce(max(turn), 0) + 1, ?2, ?3, ?4,"
                        " ?5, ?6 FROM transitions WHERE send = ?1")),
        let_go(to.prepare("UPDATE sends SET holder = '', gap = ?, ready_at = ?, held_until = ?,"
                          " untried = untried * ? WHERE number = ?")),
        wakes(to.prepare("SELECT (SELECT min(ready_at) FROM sends WHERE state IN ('PLANNED',"
                         " 'SENDING', 'DEFERRED') AND held_until = 0), (SELECT min(held_until)"
                         " FROM sends WHERE held_until > 0)")),
        untried(to.prepare("SELECT EXISTS (SELECT 1 FROM sends WHERE untried = 1 AND due_at <= ?1"
                           " AND held_until <= ?1)")),
        unsent(to.prepare("SELECT min(max(due_at, held_until)) FROM sends WHERE state IN"
                          " ('PLANNED', 'SENDING', 'DEFERRED') AND due_at <= ?1"
                          " AND held_until <= ?1")),
        renew(to.prepare("UPDATE sends SET ready_at = 0, held_until = 0, untried = 1, gap = ''"
                         " WHERE number = ?")),
        hasten(to.prepare("UPDATE sends SET ready_at = 0, held_until = 0 WHERE number = ?")),
        find(to.prepare((std::string(kSelectSend) + " WHERE id = ?").c_str())),
        transitions(
            to.prepare("SELECT state, reason, code, detail, at FROM transitions WHERE send ="
                       " (SELECT number FROM sends WHERE id = ?) ORDER BY turn")),
        gaps(to.prepare((std::string(kSelectSend) +
                         " WHERE gap <> '' AND number IN (SELECT (SELECT max(o.number)"
                         " FROM sends o WHERE o.recipient = missed.recipient"
                         " AND o.state IN ('SENT', 'FAILED')) FROM (SELECT DISTINCT recipient"
                         " FROM sends WHERE gap <> '' AND recipient > ?) AS missed)"
                         " ORDER BY recipient LIMIT ?")
                            .c_str())),
        count(
            to.prepare("SELECT occasion, state, count(*) FROM sends WHERE round = ? AND round <> ''"
                       " GROUP BY occasion, state")),
        contacted(to.prepare(
            "SELECT municipality,"
            " min(changed_at) FILTER (WHERE occasion = 'INVITATION' AND state = 'SENT'),"
            " count(DISTINCT step) FILTER (WHERE occasion = 'REMINDER' AND state = 'SENT'),"
            " max(changed_at) FILTER (WHERE occasion = 'REMINDER' AND state = 'SENT')"
            " FROM sends WHERE round = ? AND round <> '' GROUP BY municipality")),
        of_person(to.prepare("SELECT number, message_id FROM sends WHERE person = ?")),
        remember_erased(to.prepare("INSERT OR IGNORE INTO erased_persons VALUES (?)")),
        ended(to.prepare(
            "SELECT number, message_id FROM sends WHERE message IS NOT NULL AND changed_at < ?"
            " AND state IN ('SENT', 'FAILED', 'DROPPED') LIMIT ?")),
        empty_letter(to.prepare(
            "UPDATE sends SET channel = '', person = '', address = '', name = '', language = '',"
            " letter_subject = '', letter_text = '', letter_html = '', message = NULL"
            " WHERE number = ?")),
        empty_details(to.prepare("UPDATE transitions SET detail = '' WHERE send = ?")),
        drop_lease(to.prepare("UPDATE sends SET holder = '', ready_at = 0"
                              " WHERE number = ? AND state = 'SENDING'")) {}

  platform::Statement dispatched, mark_dispatched, put_in, due, take, end_leases, write, held, move,
      note, let_go, wakes, untried, unsent, renew, hasten, find, transitions, gaps, count,
      contacted, of_person, remember_erased, ended, empty_letter, empty_details, drop_lease;
};

}  // namespace kkr::notification
