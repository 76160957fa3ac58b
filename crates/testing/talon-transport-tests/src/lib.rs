#![doc = include_str!("../README.md")]
#![allow(clippy::missing_panics_doc, reason = "tests panic when they fail")]

pub mod authority;
pub mod cases;
pub mod http2;
pub mod server;

/// One test per case, for clients made by a function
/// `fn(ClientConfig) -> talon_core::Result<Client<T>>`.
#[macro_export]
macro_rules! transport_tests {
    ($connect:path) => {
        $crate::transport_tests! { @cases $connect;
            replies: a_success_arrives, a_refusal_is_a_reply, a_redirect_is_not_followed,
                an_empty_reply_is_a_reply, a_chunked_reply_arrives_whole;
            requests: paths_arrive_unchanged, a_delete_carries_its_body,
                headers_arrive_unchanged;
            failures: a_refused_connection_is_connect, an_unknown_host_is_connect,
                a_reply_cut_short_is_interrupted, a_closed_connection_is_interrupted,
                silence_is_a_timeout, what_is_not_http_is_decode, a_reply_too_large_is_decode,
                errors_do_not_name_the_request;
            hostile_content: what_is_not_json_is_decode, a_page_of_a_proxy_is_a_refusal,
                the_content_type_does_not_matter, an_empty_body_is_decode,
                a_body_where_none_belongs_is_not_read, deep_nesting_is_decode,
                gzip_replies_are_decompressed, a_gzip_bomb_is_decode, many_members_are_decode,
                many_values_are_decode, another_encoding_is_decode,
                a_body_without_end_is_decode;
            hostile_framing: wrong_chunks_are_decode, contradicting_lengths_are_decode,
                a_long_head_is_decode, informational_replies_are_skipped,
                endless_informational_replies_are_a_timeout, a_change_of_protocol_is_decode,
                a_redirect_does_not_carry_the_key_along, http_1_0_is_supported,
                a_truncated_reply_is_interrupted, a_trickle_of_bytes_is_a_timeout,
                a_second_reply_is_not_the_next_requests;
            hostile_http2: a_bad_status_is_decode, a_bad_head_is_decode,
                a_head_without_end_is_decode, a_wrong_length_is_decode, wrong_frames_are_decode,
                a_truncated_reply_is_interrupted, silence_is_a_timeout,
                other_reset_reasons_are_interrupted, an_early_end_is_decode;
            refused_streams: refused_streams_are_not_retried_by_the_transport,
                refused_streams_are_retried_by_the_client, endless_refused_streams_are_reported_as_not_applied,
                retries_of_refused_streams_are_taken_from_the_budget, recycled_connections_lose_no_call;
            runtimes: a_call_without_a_runtime_is_config, a_runtime_without_timers_is_config, a_runtime_without_io_is_config;
            retries: a_lost_reply_is_retried, an_event_is_not_retried_after_it_was_sent,
                the_same_idempotency_key_is_sent_again;
            secrets: logs_contain_no_keys, ids_cannot_inject_lines_segments_or_parameters;
            connections: a_connection_is_used_again, a_dropped_call_closes_its_connection, ipv6_is_supported;
            encryption: a_private_authority_can_be_trusted, an_unknown_authority_is_refused,
                another_host_name_is_refused, an_expired_certificate_is_refused,
                a_self_signed_certificate_is_refused, no_handshake_is_connect, http2_is_preferred,
                requests_are_multiplexed_over_http2;
        }
    };

    (@cases $connect:path; $( $module:ident: $( $case:ident ),+; )+) => {
        $(
            mod $module {
                $(
                    #[tokio::test]
                    async fn $case() {
                        $crate::cases::$module::$case($connect).await;
                    }
                )+
            }
        )+
    };
}
