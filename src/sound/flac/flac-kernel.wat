;; The inner part of a FLAC decoder (RFC 9639): checksums, subframes, and the channels' samples as floats. flac-kernel.ts reads
;; what precedes them in a frame, says where everything lies, and holds what wabt makes of this, in base64. Its test compares
;; the two, and shows the new bytes if they differ.
;;
;; The bits of a frame are read from a copy in which its bytes stand in reverse: there, one load gives 64 bits in the right
;; order, because memory is little-endian. A position is a number of bits from the frame's start.
(module
  (memory (export "memory") 1)

  ;; Where the copy's first byte would lie if it were the lowest of 64 bits.
  (global $top (mut i32) (i32.const 0))
  ;; Bits of the frame.
  (global $limit (mut i32) (i32.const 0))
  (global $position (mut i32) (i32.const 0))
  ;; Where a subframe's samples lie as 64-bit numbers, if they have been needed.
  (global $wide (mut i32) (i32.const 0))
  ;; All residuals of a subframe, coded as unsigned numbers, combined by OR.
  (global $magnitudes (mut i32) (i32.const 0))
  ;; A subframe whose residuals still lack their predictions: where it lies, or 0; its frames, coefficients and shift.
  (global $waiting (mut i32) (i32.const 0))
  (global $waitingFrames (mut i32) (i32.const 0))
  (global $waitingCoefficients (mut i32) (i32.const 0))
  (global $waitingShift (mut i32) (i32.const 0))

  ;; Where the next two bytes lie with which a frame begins. Up to 17 bytes behind the end are read. @returns $end or more if
  ;; there are none.
  (func (export "nextSync") (param $at i32) (param $end i32) (result i32)
    (local $found i32)
    (block $done
      (loop $sixteens
        (local.set $found (i8x16.bitmask (v128.and
          (i8x16.eq (v128.load align=1 (local.get $at)) (i8x16.splat (i32.const 0xff)))
          (i8x16.eq
            (v128.and (v128.load offset=1 align=1 (local.get $at)) (i8x16.splat (i32.const 0xfe)))
            (i8x16.splat (i32.const 0xf8))))))
        (br_if $done (local.get $found))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $sixteens (i32.lt_u (local.get $at) (local.get $end)))
        (return (local.get $end))))
    (i32.add (local.get $at) (i32.ctz (local.get $found))))

  ;; CRC-16 of bytes that follow those of $crc, modulo P = x¹⁶ + x¹⁵ + x² + 1. $remainder has room for 16 vectors.
  ;;
  ;; Squaring such a polynomial squares each of its powers, so P to the power of 128 is y¹⁶ + y¹⁵ + y² + 1, y being x¹²⁸: a
  ;; multiple of P whose coefficients are whole vectors. The remainder of its division has the same CRC as all bytes.
  (func (export "checksum") (param $at i32) (param $end i32) (param $crc i32) (param $tables i32) (param $remainder i32)
    (result i32)
    (local $next i32) (local $remainderEnd i32) (local $quotient v128)
    (if (i32.lt_u (i32.sub (local.get $end) (local.get $at)) (i32.const 512))
      (then (return (call $bytewise (local.get $at) (local.get $end) (local.get $crc) (local.get $tables)))))
    (local.set $remainderEnd (i32.add (local.get $remainder) (i32.const 256)))
    ;; What is left is a multiple of 256 bytes.
    (local.set $next (i32.add (local.get $at) (i32.and (i32.sub (local.get $end) (local.get $at)) (i32.const 255))))
    (local.set $crc (call $bytewise (local.get $at) (local.get $next) (local.get $crc) (local.get $tables)))
    (memory.copy (local.get $remainder) (local.get $next) (i32.const 256))
    (i32.store16 (local.get $remainder) (i32.xor (i32.load16_u (local.get $remainder))
      (i32.or (i32.shr_u (local.get $crc) (i32.const 8)) (i32.shl (local.get $crc) (i32.const 8)))))
    (block $done
      (loop $each
        (local.set $next (i32.add (local.get $next) (i32.const 256)))
        (br_if $done (i32.ge_u (local.get $next) (local.get $end)))
        (local.set $quotient (v128.const i64x2 0 0))
        (local.set $at (local.get $remainder))
        (loop $quotients
          (local.set $quotient (v128.xor (local.get $quotient) (v128.load (local.get $at))))
          (v128.store (local.get $at) (local.get $quotient))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $quotients (i32.lt_u (local.get $at) (i32.sub (local.get $remainderEnd) (i32.const 32)))))
        (local.set $quotient (v128.xor (v128.xor (local.get $quotient) (v128.load (local.get $at)))
          (v128.load (local.get $remainder))))
        (v128.store (local.get $at) (local.get $quotient))
        (local.set $quotient (v128.xor (v128.xor (local.get $quotient) (v128.load offset=16 (local.get $at)))
          (v128.load offset=16 (local.get $remainder))))
        (v128.store offset=16 (local.get $at) (local.get $quotient))
        (local.set $at (local.get $remainder))
        (loop $remainders
          (v128.store (local.get $at) (v128.xor
            (v128.xor (v128.load (local.get $at)) (v128.load offset=32 (local.get $at)))
            (v128.load align=1 (local.get $next))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (local.set $next (i32.add (local.get $next) (i32.const 16)))
          (br_if $remainders (i32.lt_u (local.get $at) (i32.sub (local.get $remainderEnd) (i32.const 32)))))
        (v128.store (local.get $at) (v128.xor (v128.load (local.get $at)) (v128.load align=1 (local.get $next))))
        (v128.store offset=16 (local.get $at)
          (v128.xor (local.get $quotient) (v128.load offset=16 align=1 (local.get $next))))
        (v128.store (local.get $remainder) (v128.xor (v128.load (local.get $remainder)) (local.get $quotient)))
        (local.set $next (i32.sub (local.get $next) (i32.const 224)))
        (br $each)))
    (call $bytewise (local.get $remainder) (local.get $remainderEnd) (i32.const 0) (local.get $tables)))

  ;; The same by tables: eight of 256 16-bit numbers; number i of table n is the CRC of byte i and n zeros.
  (func $bytewise (param $at i32) (param $end i32) (param $crc i32) (param $tables i32) (result i32)
    (local $word i64) (local $low i32) (local $high i32)
    (block $few
      (loop $eights
        (br_if $few (i32.gt_u (i32.add (local.get $at) (i32.const 8)) (local.get $end)))
        (local.set $word (i64.load align=1 (local.get $at)))
        (local.set $low (i32.xor (i32.wrap_i64 (local.get $word)) (i32.or
          (i32.shr_u (local.get $crc) (i32.const 8)) (i32.and (i32.shl (local.get $crc) (i32.const 8)) (i32.const 0xff00)))))
        (local.set $high (i32.wrap_i64 (i64.shr_u (local.get $word) (i64.const 32))))
        (local.set $crc (i32.xor
          (i32.xor
            (i32.xor
              (i32.load16_u offset=3584 (i32.add (local.get $tables)
                (i32.and (i32.shl (local.get $low) (i32.const 1)) (i32.const 510))))
              (i32.load16_u offset=3072 (i32.add (local.get $tables)
                (i32.and (i32.shr_u (local.get $low) (i32.const 7)) (i32.const 510)))))
            (i32.xor
              (i32.load16_u offset=2560 (i32.add (local.get $tables)
                (i32.and (i32.shr_u (local.get $low) (i32.const 15)) (i32.const 510))))
              (i32.load16_u offset=2048 (i32.add (local.get $tables)
                (i32.and (i32.shr_u (local.get $low) (i32.const 23)) (i32.const 510))))))
          (i32.xor
            (i32.xor
              (i32.load16_u offset=1536 (i32.add (local.get $tables)
                (i32.and (i32.shl (local.get $high) (i32.const 1)) (i32.const 510))))
              (i32.load16_u offset=1024 (i32.add (local.get $tables)
                (i32.and (i32.shr_u (local.get $high) (i32.const 7)) (i32.const 510)))))
            (i32.xor
              (i32.load16_u offset=512 (i32.add (local.get $tables)
                (i32.and (i32.shr_u (local.get $high) (i32.const 15)) (i32.const 510))))
              (i32.load16_u (i32.add (local.get $tables)
                (i32.and (i32.shr_u (local.get $high) (i32.const 23)) (i32.const 510))))))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br $eights)))
    (block $none
      (loop $ones
        (br_if $none (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $crc (i32.xor
          (i32.and (i32.shl (local.get $crc) (i32.const 8)) (i32.const 0xffff))
          (i32.load16_u (i32.add (local.get $tables) (i32.shl
            (i32.xor (i32.shr_u (local.get $crc) (i32.const 8)) (i32.load8_u (local.get $at))) (i32.const 1))))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $ones)))
    (local.get $crc))

  ;; Begins with a frame: copies its bytes, last first, so that the first one lies at $last, and goes to its bit $position. Up
  ;; to 15 bytes behind it are read, and as many are written below the copy.
  (func (export "begin") (param $at i32) (param $end i32) (param $last i32) (param $position i32) (param $wide i32)
    (local $to i32)
    (global.set $top (i32.sub (local.get $last) (i32.const 7)))
    (global.set $limit (i32.shl (i32.sub (local.get $end) (local.get $at)) (i32.const 3)))
    (global.set $position (local.get $position))
    (global.set $wide (local.get $wide))
    (global.set $waiting (i32.const 0))
    (local.set $to (i32.sub (local.get $last) (i32.const 15)))
    (loop $sixteens
      (v128.store align=1 (local.get $to) (i8x16.swizzle
        (v128.load align=1 (local.get $at)) (v128.const i8x16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $to (i32.sub (local.get $to) (i32.const 16)))
      (br_if $sixteens (i32.lt_u (local.get $at) (local.get $end)))))

  ;; 57 bits or more from a position on, in the highest bits of a number.
  (func $peek (param $position i32) (result i64)
    (i64.shl
      (i64.load align=1 (i32.sub (global.get $top) (i32.shr_u (local.get $position) (i32.const 3))))
      (i64.extend_i32_u (i32.and (local.get $position) (i32.const 7)))))

  ;; The next $count bits, 1 to 57, as an unsigned number. Behind the end they are anything.
  (func $unsigned (param $count i32) (result i64)
    (local $bits i64)
    (if (i32.gt_u (global.get $position) (global.get $limit)) (then (return (i64.const 0))))
    (local.set $bits (call $peek (global.get $position)))
    (global.set $position (i32.add (global.get $position) (local.get $count)))
    (i64.shr_u (local.get $bits) (i64.extend_i32_u (i32.sub (i32.const 64) (local.get $count)))))

  (func $signed (param $count i32) (result i64)
    (local $shift i64)
    (local.set $shift (i64.extend_i32_u (i32.sub (i32.const 64) (local.get $count))))
    (i64.shr_s (i64.shl (call $unsigned (local.get $count)) (local.get $shift)) (local.get $shift)))

  ;; Bits that are 0 up to the next 1, which is passed.
  (func $unary (result i32)
    (local $count i32) (local $bits i64) (local $zeros i32)
    (loop $all
      (if (i32.gt_u (global.get $position) (global.get $limit)) (then (return (local.get $count))))
      (local.set $bits (i64.shr_u (call $peek (global.get $position)) (i64.const 7)))
      (if (i64.eqz (local.get $bits))
        (then
          (local.set $count (i32.add (local.get $count) (i32.const 57)))
          (global.set $position (i32.add (global.get $position) (i32.const 57)))
          (br $all))))
    (local.set $zeros (i32.sub (i32.wrap_i64 (i64.clz (local.get $bits))) (i32.const 7)))
    (global.set $position (i32.add (i32.add (global.get $position) (local.get $zeros)) (i32.const 1)))
    (i32.add (local.get $count) (local.get $zeros)))

  ;; Samples of $bits bits, as 32-bit numbers; if they have 33, their lowest bits. Those of 33 bits are at $wide, too.
  ;; $coefficients has room for 32 numbers, which are needed until $finish. @returns whether they end before the frame does, and
  ;; are of a known type.
  (func (export "subframe") (param $out i32) (param $frames i32) (param $bits i32) (param $coefficients i32) (result i32)
    (local $type i32) (local $wasted i32)
    (local.set $type (i32.wrap_i64 (call $unsigned (i32.const 7))))
    (if (i32.wrap_i64 (call $unsigned (i32.const 1)))
      (then (local.set $wasted (i32.add (call $unary) (i32.const 1)))))
    (local.set $bits (i32.sub (local.get $bits) (local.get $wasted)))
    (if (i32.lt_s (local.get $bits) (i32.const 1)) (then (return (i32.const 0))))
    (if (i32.eqz (call $samples (local.get $type) (local.get $out) (local.get $frames) (local.get $bits) (local.get $coefficients)))
      (then (return (i32.const 0))))
    (if (local.get $wasted)
      (then
        (call $finish)
        (call $shiftLeft (local.get $out) (local.get $frames) (local.get $wasted))))
    (i32.le_u (global.get $position) (global.get $limit)))

  (func $samples (param $type i32) (param $out i32) (param $frames i32) (param $bits i32) (param $coefficients i32) (result i32)
    (if (i32.eqz (local.get $type))
      (then
        (call $putAll (local.get $out) (local.get $frames) (call $signed (local.get $bits)))
        (return (i32.const 1))))
    (if (i32.eq (local.get $type) (i32.const 1))
      (then
        (call $copy (local.get $out) (local.get $frames) (local.get $bits))
        (return (i32.const 1))))
    (if (i32.and (i32.ge_u (local.get $type) (i32.const 8)) (i32.le_u (local.get $type) (i32.const 12)))
      (then (return (call $predicted
        (local.get $out) (local.get $frames) (local.get $bits)
        (i32.sub (local.get $type) (i32.const 8)) (i32.const 1) (local.get $coefficients)))))
    (if (i32.and (i32.ge_u (local.get $type) (i32.const 32)) (i32.le_u (local.get $type) (i32.const 63)))
      (then (return (call $predicted
        (local.get $out) (local.get $frames) (local.get $bits)
        (i32.sub (local.get $type) (i32.const 31)) (i32.const 0) (local.get $coefficients)))))
    (i32.const 0))

  (func $put (param $out i32) (param $index i32) (param $sample i64)
    (i32.store (i32.add (local.get $out) (i32.shl (local.get $index) (i32.const 2))) (i32.wrap_i64 (local.get $sample)))
    (i64.store (i32.add (global.get $wide) (i32.shl (local.get $index) (i32.const 3))) (local.get $sample)))

  (func $putAll (param $out i32) (param $frames i32) (param $sample i64)
    (local $index i32)
    (loop $each
      (call $put (local.get $out) (local.get $index) (local.get $sample))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br_if $each (i32.lt_u (local.get $index) (local.get $frames)))))

  ;; The next $count samples as they are.
  (func $copy (param $out i32) (param $count i32) (param $bits i32)
    (local $index i32)
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $index) (local.get $count)))
        (call $put (local.get $out) (local.get $index) (call $signed (local.get $bits)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $each))))

  (func $shiftLeft (param $out i32) (param $frames i32) (param $count i32)
    (local $index i32)
    (loop $each
      (call $put (local.get $out) (local.get $index) (i64.shl
        (i64.load32_s (i32.add (local.get $out) (i32.shl (local.get $index) (i32.const 2))))
        (i64.extend_i32_u (local.get $count))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br_if $each (i32.lt_u (local.get $index) (local.get $frames)))))

  ;; Samples that are predicted from those before them.
  (func $predicted
    (param $out i32) (param $frames i32) (param $bits i32) (param $order i32) (param $isFixed i32) (param $coefficients i32)
    (result i32)
    (local $shift i32)
    (if (i32.gt_u (local.get $order) (local.get $frames)) (then (return (i32.const 0))))
    (call $copy (local.get $out) (local.get $order) (local.get $bits))
    (if (local.get $isFixed)
      (then (call $fixedCoefficients (local.get $coefficients) (local.get $order)))
      (else
        (local.set $shift (call $readCoefficients (local.get $coefficients) (local.get $order)))
        (if (i32.lt_s (local.get $shift) (i32.const 0)) (then (return (i32.const 0))))))
    (if (i32.eqz (call $residual (local.get $out) (local.get $frames) (local.get $order))) (then (return (i32.const 0))))
    (if (i32.and
        (i32.and (i32.le_u (local.get $order) (i32.const 14)) (i32.le_u (local.get $bits) (i32.const 32)))
        (i64.lt_u
          (call $mostOfSum (local.get $bits) (local.get $order) (local.get $coefficients) (local.get $shift))
          (i64.const 0x80000000)))
      (then (call $predictLater (local.get $out) (local.get $frames) (local.get $order) (local.get $coefficients) (local.get $shift)))
      (else (call $predictWide (local.get $out) (local.get $frames) (local.get $order) (local.get $coefficients) (local.get $shift))))
    (i32.const 1))

  ;; How large the sum of a prediction's products can be, in two ways, of which one suffices: no product is larger than its
  ;; coefficient times the largest sample; and a prediction misses a sample by the residual, whatever its products leave out
  ;; above 32 bits.
  (func $mostOfSum (param $bits i32) (param $order i32) (param $coefficients i32) (param $shift i32) (result i64)
    (local $largest i64) (local $ofProducts i64) (local $ofPrediction i64) (local $index i32) (local $coefficient i32)
    (local.set $largest (i64.shl (i64.const 1) (i64.extend_i32_u (i32.sub (local.get $bits) (i32.const 1)))))
    (local.set $ofPrediction (i64.shl
      (i64.add (local.get $largest) (i64.add (i64.extend_i32_u (i32.shr_u (global.get $magnitudes) (i32.const 1))) (i64.const 2)))
      (i64.extend_i32_u (local.get $shift))))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $index) (local.get $order)))
        (local.set $coefficient (i32.load (i32.add (local.get $coefficients) (i32.shl (local.get $index) (i32.const 2)))))
        (local.set $ofProducts (i64.add (local.get $ofProducts) (i64.mul (local.get $largest) (i64.extend_i32_u
          (select (local.get $coefficient) (i32.sub (i32.const 0) (local.get $coefficient)) (i32.gt_s (local.get $coefficient) (i32.const 0)))))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $each)))
    (select (local.get $ofProducts) (local.get $ofPrediction) (i64.lt_u (local.get $ofProducts) (local.get $ofPrediction))))

  ;; Binomials with alternating signs: what continues a polynomial of a degree below the order.
  (func $fixedCoefficients (param $coefficients i32) (param $order i32)
    (local $index i32) (local $value i32)
    (local.set $value (i32.const -1))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $index) (local.get $order)))
        (local.set $value (i32.div_s
          (i32.mul (local.get $value) (i32.sub (local.get $index) (local.get $order)))
          (i32.add (local.get $index) (i32.const 1))))
        (i32.store (i32.add (local.get $coefficients) (i32.shl (local.get $index) (i32.const 2))) (local.get $value))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $each))))

  ;; @returns how far the sum of their products is shifted to the right. Negative: the frame is damaged.
  (func $readCoefficients (param $coefficients i32) (param $order i32) (result i32)
    (local $index i32) (local $bits i32) (local $shift i32)
    (local.set $bits (i32.add (i32.wrap_i64 (call $unsigned (i32.const 4))) (i32.const 1)))
    (if (i32.eq (local.get $bits) (i32.const 16)) (then (return (i32.const -1))))
    (local.set $shift (i32.wrap_i64 (call $signed (i32.const 5))))
    (loop $each
      (i32.store (i32.add (local.get $coefficients) (i32.shl (local.get $index) (i32.const 2)))
        (i32.wrap_i64 (call $signed (local.get $bits))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br_if $each (i32.lt_u (local.get $index) (local.get $order))))
    (local.get $shift))

  ;; What remains of samples after the prediction: behind the first $order of $out. @returns whether it ends before the frame.
  (func $residual (param $out i32) (param $frames i32) (param $order i32) (result i32)
    (local $method i32) (local $partitions i32) (local $at i32) (local $end i32) (local $k i32) (local $bits i32) (local $length i32)
    (local.set $method (i32.wrap_i64 (call $unsigned (i32.const 2))))
    (local.set $partitions (i32.shl (i32.const 1) (i32.wrap_i64 (call $unsigned (i32.const 4)))))
    (local.set $length (i32.div_u (local.get $frames) (local.get $partitions)))
    (if (i32.or
        (i32.gt_u (local.get $method) (i32.const 1))
        (i32.or
          (i32.lt_u (local.get $length) (local.get $order))
          (i32.ne (i32.mul (local.get $length) (local.get $partitions)) (local.get $frames))))
      (then (return (i32.const 0))))
    (local.set $bits (i32.add (i32.const 4) (local.get $method)))
    (local.set $at (i32.add (local.get $out) (i32.shl (local.get $order) (i32.const 2))))
    (local.set $end (local.get $out))
    (loop $each
      (local.set $end (i32.add (local.get $end) (i32.shl (local.get $length) (i32.const 2))))
      (local.set $k (i32.wrap_i64 (call $unsigned (local.get $bits))))
      (if (i32.eq (local.get $k) (i32.sub (i32.shl (i32.const 1) (local.get $bits)) (i32.const 1)))
        (then
          (if (i32.eqz (call $plain (local.get $at) (local.get $end))) (then (return (i32.const 0)))))
        (else
          (if (i32.eqz (call $rice (local.get $at) (local.get $end) (local.get $k))) (then (return (i32.const 0))))))
      (local.set $at (local.get $end))
      (local.set $partitions (i32.sub (local.get $partitions) (i32.const 1)))
      (br_if $each (local.get $partitions)))
    ;; What lies behind is no magnitude.
    (v128.store align=4 (local.get $end) (v128.const i64x2 0 0))
    (call $giveSigns (i32.add (local.get $out) (i32.shl (local.get $order) (i32.const 2))) (local.get $end))
    (i32.const 1))

  ;; Rice codes of a partition, with $k low bits each, as unsigned numbers. @returns whether they end before the frame.
  ;;
  ;; Of each 64 bits that are loaded 57 or more are the next ones. No more numbers are taken from them than nearly always fit,
  ;; because no processor can foresee how many do.
  (func $rice (param $at i32) (param $end i32) (param $k i32) (result i32)
    (local $position i32) (local $limit i32) (local $top i32) (local $bits i64) (local $zeros i32) (local $used i32)
    (local $taken i32) (local $lowShift i64) (local $stopAndLow i32) (local $one i32) (local $groupBytes i32) (local $groupEnd i32)
    (local.set $position (global.get $position))
    (local.set $limit (global.get $limit))
    (local.set $top (global.get $top))
    (local.set $one (i32.shl (i32.const 1) (local.get $k)))
    (local.set $stopAndLow (i32.add (local.get $k) (i32.const 1)))
    ;; Leaves the 1 that ends the zeros, and the low bits.
    (local.set $lowShift (i64.extend_i32_u (i32.sub (i32.const 63) (local.get $k))))
    (local.set $groupBytes (i32.shl (i32.div_u (i32.const 57) (i32.add (local.get $k) (i32.const 3))) (i32.const 2)))
    (block $done
      (loop $load
        (local.set $position (i32.add (local.get $position) (local.get $taken)))
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (if (i32.gt_u (local.get $position) (local.get $limit)) (then (return (i32.const 0))))
        (local.set $bits (i64.shl
          (i64.load align=1 (i32.sub (local.get $top) (i32.shr_u (local.get $position) (i32.const 3))))
          (i64.extend_i32_u (i32.and (local.get $position) (i32.const 7)))))
        (local.set $taken (i32.const 0))
        (local.set $groupEnd (i32.add (local.get $at) (local.get $groupBytes)))
        (if (i32.gt_u (local.get $groupEnd) (local.get $end)) (then (local.set $groupEnd (local.get $end))))
        (loop $each
          (local.set $zeros (i32.wrap_i64 (i64.clz (local.get $bits))))
          (local.set $used (i32.add (local.get $taken) (i32.add (local.get $zeros) (local.get $stopAndLow))))
          (if (i32.le_u (local.get $used) (i32.const 57))
            (then
              (local.set $taken (local.get $used))
              (local.set $bits (i64.shl (local.get $bits) (i64.extend_i32_u (local.get $zeros))))
              (i32.store (local.get $at) (i32.add
                (i32.sub (i32.mul (local.get $zeros) (local.get $one)) (local.get $one))
                (i32.wrap_i64 (i64.shr_u (local.get $bits) (local.get $lowShift)))))
              (local.set $bits (i64.shl (local.get $bits) (i64.extend_i32_u (local.get $stopAndLow))))
              (local.set $at (i32.add (local.get $at) (i32.const 4)))
              (br_if $each (i32.lt_u (local.get $at) (local.get $groupEnd))))))
        (br_if $load (local.get $taken))
        ;; A number of more than 57 bits.
        (global.set $position (local.get $position))
        (i32.store (local.get $at) (i32.shl (call $unary) (local.get $k)))
        (if (local.get $k)
          (then (i32.store (local.get $at)
            (i32.or (i32.load (local.get $at)) (i32.wrap_i64 (call $unsigned (local.get $k)))))))
        (local.set $position (global.get $position))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $load)))
    (global.set $position (local.get $position))
    (i32.le_u (local.get $position) (local.get $limit)))

  ;; Makes signed numbers of unsigned ones, whose lowest bit is the sign. Up to three behind the last are changed.
  (func $giveSigns (param $at i32) (param $end i32)
    (local $values v128) (local $magnitudes v128)
    (block $done
      (loop $fours
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $values (v128.load align=4 (local.get $at)))
        (local.set $magnitudes (v128.or (local.get $magnitudes) (local.get $values)))
        (v128.store align=4 (local.get $at) (v128.xor
          (i32x4.shr_u (local.get $values) (i32.const 1))
          (i32x4.neg (v128.and (local.get $values) (i32x4.splat (i32.const 1))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $fours)))
    (local.set $magnitudes (v128.or (local.get $magnitudes)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $magnitudes) (local.get $magnitudes))))
    (global.set $magnitudes
      (i32.or (i32x4.extract_lane 0 (local.get $magnitudes)) (i32x4.extract_lane 1 (local.get $magnitudes)))))

  ;; A partition whose numbers all have the same number of bits. They become unsigned, too.
  (func $plain (param $at i32) (param $end i32) (result i32)
    (local $count i32) (local $value i32)
    (local.set $count (i32.wrap_i64 (call $unsigned (i32.const 5))))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (if (local.get $count) (then (local.set $value (i32.wrap_i64 (call $signed (local.get $count))))))
        (i32.store (local.get $at)
          (i32.xor (i32.shl (local.get $value) (i32.const 1)) (i32.shr_s (local.get $value) (i32.const 31))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $each)))
    (i32.le_u (global.get $position) (global.get $limit)))

  ;; Adds predictions to residuals, in place: together with those of the subframe that waits, because each sample waits for the
  ;; one before. If none does, this one waits, unless it has many coefficients.
  (func $predictLater (param $out i32) (param $frames i32) (param $order i32) (param $coefficients i32) (param $shift i32)
    (if (i32.eqz (local.get $order)) (then (return)))
    (call $fillCoefficients (local.get $coefficients) (local.get $order))
    (call $unpredictFirst (local.get $out) (local.get $order) (local.get $coefficients) (local.get $shift))
    (if (i32.gt_u (local.get $order) (i32.const 9))
      (then
        (call $predict (local.get $out) (local.get $frames) (local.get $coefficients) (local.get $shift))
        (return)))
    (if (global.get $waiting)
      (then
        (call $predictTwo
          (global.get $waiting) (global.get $waitingCoefficients) (global.get $waitingShift)
          (local.get $out) (local.get $coefficients) (local.get $shift) (local.get $frames))
        (global.set $waiting (i32.const 0))
        (return)))
    (global.set $waiting (local.get $out))
    (global.set $waitingFrames (local.get $frames))
    (global.set $waitingCoefficients (local.get $coefficients))
    (global.set $waitingShift (local.get $shift)))

  ;; Adds the predictions that still wait for another subframe.
  (func $finish (export "finish")
    (if (global.get $waiting)
      (then
        (call $predict (global.get $waiting) (global.get $waitingFrames) (global.get $waitingCoefficients) (global.get $waitingShift))
        (global.set $waiting (i32.const 0)))))

  ;; Those behind the last, up to the 14th, become 0.
  (func $fillCoefficients (param $coefficients i32) (param $order i32)
    (memory.fill
      (i32.add (local.get $coefficients) (i32.shl (local.get $order) (i32.const 2)))
      (i32.const 0)
      (i32.sub (i32.const 56) (i32.shl (local.get $order) (i32.const 2)))))

  ;; Each sample adds its products with coefficients 2 to 9 to the sums of later samples, all at once; only the product with the
  ;; newest sample is waited for.
  (func $predictTwo
    (param $at i32) (param $coefficients i32) (param $shift i32)
    (param $at2 i32) (param $coefficients2 i32) (param $shift2 i32) (param $frames i32)
    (local $end i32) (local $zero v128) (local $splat v128)
    (local $first i32) (local $c0 v128) (local $c1 v128) (local $sums0 v128) (local $sums1 v128)
    (local $sample i32) (local $sum i32) (local $nextSum i32)
    (local $first2 i32) (local $d0 v128) (local $d1 v128) (local $totals0 v128) (local $totals1 v128)
    (local $sample2 i32) (local $total i32) (local $nextTotal i32)
    (local.set $first (i32.load (local.get $coefficients)))
    (local.set $c0 (v128.load offset=4 align=4 (local.get $coefficients)))
    (local.set $c1 (v128.load offset=20 align=4 (local.get $coefficients)))
    (local.set $first2 (i32.load (local.get $coefficients2)))
    (local.set $d0 (v128.load offset=4 align=4 (local.get $coefficients2)))
    (local.set $d1 (v128.load offset=20 align=4 (local.get $coefficients2)))
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $frames) (i32.const 2))))
    (loop $samples
      (local.set $sample (i32.add
        (i32.load (local.get $at))
        (i32.shr_s (i32.add (local.get $sum) (i32.mul (local.get $first) (local.get $sample))) (local.get $shift))))
      (i32.store (local.get $at) (local.get $sample))
      (local.set $splat (i32x4.splat (local.get $sample)))
      (local.set $sums0 (i32x4.add (local.get $sums0) (i32x4.mul (local.get $splat) (local.get $c0))))
      (local.set $sums1 (i32x4.add (local.get $sums1) (i32x4.mul (local.get $splat) (local.get $c1))))
      (local.set $sum (local.get $nextSum))
      (local.set $nextSum (i32x4.extract_lane 0 (local.get $sums0)))
      (local.set $sums0 (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 (local.get $sums0) (local.get $sums1)))
      (local.set $sums1 (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 (local.get $sums1) (local.get $zero)))
      (local.set $sample2 (i32.add
        (i32.load (local.get $at2))
        (i32.shr_s (i32.add (local.get $total) (i32.mul (local.get $first2) (local.get $sample2))) (local.get $shift2))))
      (i32.store (local.get $at2) (local.get $sample2))
      (local.set $splat (i32x4.splat (local.get $sample2)))
      (local.set $totals0 (i32x4.add (local.get $totals0) (i32x4.mul (local.get $splat) (local.get $d0))))
      (local.set $totals1 (i32x4.add (local.get $totals1) (i32x4.mul (local.get $splat) (local.get $d1))))
      (local.set $total (local.get $nextTotal))
      (local.set $nextTotal (i32x4.extract_lane 0 (local.get $totals0)))
      (local.set $totals0 (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 (local.get $totals0) (local.get $totals1)))
      (local.set $totals1 (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 (local.get $totals1) (local.get $zero)))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (local.set $at2 (i32.add (local.get $at2) (i32.const 4)))
      (br_if $samples (i32.lt_u (local.get $at) (local.get $end)))))

  ;; The same for one subframe and coefficients 3 to 14: only the products with the two newest samples are waited for.
  (func $predict (param $at i32) (param $frames i32) (param $coefficients i32) (param $shift i32)
    (local $end i32) (local $first i32) (local $second i32) (local $c0 v128) (local $c1 v128) (local $c2 v128)
    (local $sums0 v128) (local $sums1 v128) (local $sums2 v128) (local $zero v128) (local $splat v128)
    (local $sample i32) (local $before i32) (local $beforeThat i32) (local $sum i32) (local $nextSum i32) (local $sumAfter i32)
    (local.set $first (i32.load (local.get $coefficients)))
    (local.set $second (i32.load offset=4 (local.get $coefficients)))
    (local.set $c0 (v128.load offset=8 align=4 (local.get $coefficients)))
    (local.set $c1 (v128.load offset=24 align=4 (local.get $coefficients)))
    (local.set $c2 (v128.load offset=40 align=4 (local.get $coefficients)))
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $frames) (i32.const 2))))
    (loop $samples
      (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $second) (local.get $beforeThat))))
      (local.set $sample (i32.add
        (i32.load (local.get $at))
        (i32.shr_s (i32.add (local.get $sum) (i32.mul (local.get $first) (local.get $before))) (local.get $shift))))
      (i32.store (local.get $at) (local.get $sample))
      (local.set $splat (i32x4.splat (local.get $sample)))
      (local.set $sums0 (i32x4.add (local.get $sums0) (i32x4.mul (local.get $splat) (local.get $c0))))
      (local.set $sums1 (i32x4.add (local.get $sums1) (i32x4.mul (local.get $splat) (local.get $c1))))
      (local.set $sums2 (i32x4.add (local.get $sums2) (i32x4.mul (local.get $splat) (local.get $c2))))
      (local.set $sum (local.get $nextSum))
      (local.set $nextSum (local.get $sumAfter))
      (local.set $sumAfter (i32x4.extract_lane 0 (local.get $sums0)))
      (local.set $sums0 (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 (local.get $sums0) (local.get $sums1)))
      (local.set $sums1 (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 (local.get $sums1) (local.get $sums2)))
      (local.set $sums2 (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 (local.get $sums2) (local.get $zero)))
      (local.set $beforeThat (local.get $before))
      (local.set $before (local.get $sample))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br_if $samples (i32.lt_u (local.get $at) (local.get $end)))))

  ;; Subtracts from the first samples, which are told as they are, what would be predicted from those before them.
  (func $unpredictFirst (param $at i32) (param $order i32) (param $coefficients i32) (param $shift i32)
    (local $index i32) (local $back i32) (local $sum i32)
    (local.set $index (i32.sub (local.get $order) (i32.const 1)))
    (block $done
      (loop $each
        (br_if $done (i32.eqz (local.get $index)))
        (local.set $sum (i32.const 0))
        (local.set $back (i32.const 0))
        (loop $products
          (local.set $sum (i32.add (local.get $sum) (i32.mul
            (i32.load (i32.add (local.get $coefficients) (i32.shl (local.get $back) (i32.const 2))))
            (i32.load (i32.add (local.get $at)
              (i32.shl (i32.sub (i32.sub (local.get $index) (local.get $back)) (i32.const 1)) (i32.const 2)))))))
          (local.set $back (i32.add (local.get $back) (i32.const 1)))
          (br_if $products (i32.lt_u (local.get $back) (local.get $index))))
        (local.set $back (i32.add (local.get $at) (i32.shl (local.get $index) (i32.const 2))))
        (i32.store (local.get $back) (i32.sub (i32.load (local.get $back)) (i32.shr_s (local.get $sum) (local.get $shift))))
        (local.set $index (i32.sub (local.get $index) (i32.const 1)))
        (br $each))))

  ;; The same with sums of 64 bits, for samples of many bits and for many coefficients.
  (func $predictWide (param $out i32) (param $frames i32) (param $order i32) (param $coefficients i32) (param $shift i32)
    (local $index i32) (local $sum i64) (local $coefficient i32) (local $past i32)
    (local.set $index (local.get $order))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $index) (local.get $frames)))
        (local.set $sum (i64.const 0))
        ;; The newest sample comes last, because it is waited for.
        (local.set $coefficient (i32.add (local.get $coefficients) (i32.shl (local.get $order) (i32.const 2))))
        (local.set $past (i32.add (global.get $wide) (i32.shl (i32.sub (local.get $index) (local.get $order)) (i32.const 3))))
        (block $summed
          (loop $products
            (br_if $summed (i32.le_u (local.get $coefficient) (local.get $coefficients)))
            (local.set $coefficient (i32.sub (local.get $coefficient) (i32.const 4)))
            (local.set $sum (i64.add (local.get $sum)
              (i64.mul (i64.load32_s (local.get $coefficient)) (i64.load (local.get $past)))))
            (local.set $past (i32.add (local.get $past) (i32.const 8)))
            (br $products)))
        (call $put (local.get $out) (local.get $index) (i64.add
          (i64.load32_s (i32.add (local.get $out) (i32.shl (local.get $index) (i32.const 2))))
          (i64.shr_s (local.get $sum) (i64.extend_i32_u (local.get $shift)))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $each))))

  ;; Makes of the mean of two channels, rounded down, the first of them. Up to three samples behind the last are changed.
  (func (export "firstOfMean") (param $mean i32) (param $difference i32) (param $frames i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $mean) (i32.shl (local.get $frames) (i32.const 2))))
    (loop $fours
      (v128.store (local.get $mean) (i32x4.add
        (v128.load (local.get $mean))
        (i32x4.shr_s (i32x4.add (v128.load (local.get $difference)) (i32x4.splat (i32.const 1))) (i32.const 1))))
      (local.set $mean (i32.add (local.get $mean) (i32.const 16)))
      (local.set $difference (i32.add (local.get $difference) (i32.const 16)))
      (br_if $fours (i32.lt_u (local.get $mean) (local.get $end)))))

  ;; The same with a difference of 33 bits, which is the last subframe.
  (func (export "firstOfWideMean") (param $mean i32) (param $frames i32)
    (local $end i32) (local $difference i32)
    (local.set $end (i32.add (local.get $mean) (i32.shl (local.get $frames) (i32.const 2))))
    (local.set $difference (global.get $wide))
    (loop $each
      (i32.store (local.get $mean) (i32.add
        (i32.load (local.get $mean))
        (i32.wrap_i64 (i64.shr_s (i64.add (i64.load (local.get $difference)) (i64.const 1)) (i64.const 1)))))
      (local.set $mean (i32.add (local.get $mean) (i32.const 4)))
      (local.set $difference (i32.add (local.get $difference) (i32.const 8)))
      (br_if $each (i32.lt_u (local.get $mean) (local.get $end)))))

  ;; ($a + $sign × $b) × $factor as floats. Up to three more than asked for are written.
  (func (export "toFloats") (param $a i32) (param $b i32) (param $sign i32) (param $frames i32) (param $factor f32) (param $out i32)
    (local $end i32) (local $signs v128) (local $factors v128)
    (local.set $signs (i32x4.splat (local.get $sign)))
    (local.set $factors (f32x4.splat (local.get $factor)))
    (local.set $end (i32.add (local.get $a) (i32.shl (local.get $frames) (i32.const 2))))
    (loop $fours
      (v128.store align=4 (local.get $out) (f32x4.mul (local.get $factors) (f32x4.convert_i32x4_s
        (i32x4.add (v128.load (local.get $a)) (i32x4.mul (local.get $signs) (v128.load (local.get $b)))))))
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (br_if $fours (i32.lt_u (local.get $a) (local.get $end))))))
